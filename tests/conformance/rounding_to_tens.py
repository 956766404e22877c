# Floats rounded to tens, hundreds and beyond, and heads of streams that are merged.
import heapq

for number in (125.0, 135.0, 124.99999, -125.0, 5.0, 15.0, 4.0, 95.0, 1e16 + 6, 5.443310539518174e299, 0.0, -3.0, 1.5e308):
    print([round(number, digits) for digits in (-1, -2, -3)])
print(round(6e15, -16), round(5e15, -16), round(4e15, -16), round(-6e15, -16), round(1e308, -308), round(0.6e308, -308))
try:
    print(round(1.7e308, -308))
except OverflowError as error:
    print(error)
print(list(heapq.merge([1, 4, 7], [2, 4, 9], [], [0])))
print(list(heapq.merge(["b", "d"], ["A", "C"], key=str.lower)))
print(list(heapq.merge([9, 4, 1], [8, 4, 2], reverse=True)))
print(list(heapq.merge(["dd", "b"], ["ccc", "a"], key=len, reverse=True)))
for streams in (([1], [[2]]), ([[1]], [2]), ([1, "x"], [2]), ([1], [2], ["x"])):
    try:
        print(list(heapq.merge(*streams)))
    except TypeError as error:
        print(error)
print(next(heapq.merge(iter([3]), iter([1]))))

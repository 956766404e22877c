# Generator functions and expressions.
def count_to(n):
    print("starts")
    for i in range(1, n + 1):
        yield i
    print("ends")


def chain(*iterables):
    for iterable in iterables:
        yield from iterable


def endless():
    n = 0
    while True:
        yield n
        n += 1


print(list(count_to(3)))
numbers = count_to(2)
print("made, not started")
print(next(numbers), next(numbers))
try:
    next(numbers)
except StopIteration:
    print("exhausted", list(numbers))
print(list(chain([1], "ab", count_to(1))))
for n in endless():
    if n > 2:
        break
print(n, sum(i * i for i in range(4)), max(len(w) for w in ["a", "bbb"]), ",".join(c.upper() for c in "xy"))
lazy = (print("evaluated", i) or i for i in range(2))
print("not yet")
print(list(lazy))
items = alias = [0]
items += count_to(2)
print(items, alias is items)
first, *rest = count_to(3)
print(first, rest, 2 in endless(), dict((i, i * i) for i in range(2)))

# Tuples, unpacking, and stars.
point = 3, 4
x, y = point
x, y = y, x
print(point, x, y, (1,), (), len(point), point + (5,), point * 2, point.index(4), point.count(3), (1, 2) < (1, 3))
first, *middle, last = range(6)
print(first, middle, last)
*start, end = "abc"
head, *rest = [1]
print(start, end, head, rest)
(a, b), [c, (d, *e)] = (1, 2), [3, (4, 5, 6)]
print(a, b, c, d, e)
for index, (name, age) in enumerate([("ada", 36), ("alan", 41)], start=1):
    print(index, name, age)
i = j = 7
pair = {"x": 0}
pair["x"], i = i, pair["x"]
print(i, j, pair, [*range(3), *"ab"], {*[1, 1]}, (*[1], 2))
for values in ([1, 2, 3], [1]):
    try:
        a, b = values
    except ValueError as error:
        print(error)
try:
    a, *b, c = [1]
except ValueError as error:
    print(error)
try:
    a, b = 5
except TypeError as error:
    print(error)

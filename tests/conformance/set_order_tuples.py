# Sets of numbers and of tuples of numbers have an order that every run of CPython shows.
points = {(x, y) for x in range(4) for y in range(3)}
print(points)
print({(1, 2), (3, 4), (5, 6)}, {(), (0,), (0, 0)}, {(1.5, True), (2, -1), ((1, 2), 3)})
points -= {(0, 0), (1, 1)}
points.add((9, 9))
print(points, points.pop())
print(hash((1, 2, 3)), hash(()), hash((-1, 2.5, (True,))))
print(list({1, 5, 20, 3}), frozenset({(7,), (8,), 9}))

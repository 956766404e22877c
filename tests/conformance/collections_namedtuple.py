# namedtuple and typing.NamedTuple.
from collections import namedtuple
from typing import NamedTuple, Optional

Point = namedtuple("Point", ["x", "y"])
Task = namedtuple("Task", "name, priority done", defaults=[False])


class Job(NamedTuple):
    number: int
    title: str = "none"
    note: Optional[str] = None

    def label(self):
        return f"{self.number}:{self.title}"


class Vector(namedtuple("Vector", "x y")):
    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)


p = Point(1, y=2)
x, y = p
print(p, p.x, p[1], x, y, p == (1, 2), len(p), list(p), p._asdict(), p._replace(x=5), Point._fields, Point._make([7, 8]))
print(Task("a", 1), Task("a", 1, True).done, Task._field_defaults, hash(p) == hash((1, 2)), {p: 1}[1, 2], isinstance(p, tuple), p < Point(1, 3), sorted([Point(2, 1), Point(1, 5)]), max(Point(2, 1), Point(1, 5)))
print(Job(1), Job(2, "b").label(), Job(3, note="n")._asdict(), Job._fields, Job(1) == (1, "none", None))
print(Vector(1, 2) + Vector(3, 4), p + (3,), f"{p.x}", "%s-%s" % p, p.count(1), p.index(2), type(p).__name__, Point.__name__)
for attempt in (lambda: Point(1), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: p._replace(q=1), lambda: Job(), lambda: p[5], lambda: Point._make([1])):
    try:
        attempt()
    except (TypeError, ValueError, IndexError) as error:
        print(type(error).__name__, error)
try:
    p.x = 3
except AttributeError as error:
    print(error)
match p:
    case Point(x=1, y=why):
        print("matched", why)
match p:
    case Point(1, b):
        print("positional", b)
for name, value in zip(p._fields, p):
    print(name, value)
try:
    namedtuple("Bad", "a a")
except ValueError as error:
    print(error)

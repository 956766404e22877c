# Dataclasses: fields, defaults, repr, equality, order, frozen ones, and the functions about them.
from dataclasses import dataclass, field, asdict, astuple, replace, fields, is_dataclass, FrozenInstanceError


@dataclass
class Point:
    x: int
    y: int = 0

    def norm(self):
        return abs(self.x) + abs(self.y)


@dataclass(order=True, frozen=True)
class Job:
    priority: int
    name: str = field(compare=False)
    tags: tuple = ()


@dataclass
class Batch:
    jobs: list = field(default_factory=list)
    size: int = field(init=False, default=3)
    secret: str = field(default="s", repr=False)
    total: int = field(init=False)

    def __post_init__(self):
        self.total = self.size * 2


@dataclass
class Named(Point):
    label: str = "none"


p = Point(1)
print(p, p == Point(1, 0), p != Point(2), p.norm(), Point(y=5, x=2))
p.x = 10
print(p, asdict(p), astuple(p), replace(p, y=7))
a, b = Job(2, "late"), Job(1, "early", ("t",))
print(sorted([a, b]), a > b, a == Job(2, "other"), {a: "v"}[Job(2, "x")], max(a, b).name)
try:
    a.priority = 3
except FrozenInstanceError as error:
    print(type(error).__name__, error, isinstance(error, AttributeError))
first, second = Batch(), Batch()
first.jobs.append(a)
print(first, second, first.secret, second.total)
print(asdict(Batch([Point(1, 2)])))
print(Named(1, 2, "n"), Named(3), isinstance(Named(1), Point), Named(1) == Point(1))
print([one.name for one in fields(Named)], is_dataclass(Point), is_dataclass(p), is_dataclass(3))
for call in (lambda: Point(), lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Point(1, x=2), lambda: a < 3, lambda: hash(p), lambda: Named()):
    try:
        call()
    except TypeError as error:
        print(error)
match p:
    case Point(x, y=0):
        print("on the axis", x)
try:
    @dataclass
    class Bad:
        items: list = []
except ValueError as error:
    print(error)
try:
    @dataclass
    class Order:
        a: int = 1
        b: int
except TypeError as error:
    print(error)

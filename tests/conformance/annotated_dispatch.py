# `singledispatch` by annotations, what functions annotate, and `InitVar` over dots
import dataclasses
import functools
from dataclasses import dataclass
from datetime import datetime


class Shape:
    pass


class Square(Shape):
    side = 2


@functools.singledispatch
def show(value):
    return f"something {value!r}"


@show.register
def _(value: int) -> str:
    return f"number {value:+d}"


@show.register
def _(value: Shape):
    return f"shape {type(value).__name__}"


@show.register
def _(value: datetime, short=False):
    return value.strftime("%d %b %Y")


@show.register(list)
@show.register(tuple)
def _(value):
    return "[" + ", ".join(map(show, value)) + "]"


print(show(3), show(True), show(Square()), show(datetime(2024, 2, 29)), show([1, "a", (2,)]), show(None))
try:
    show.register(lambda value: value)
except TypeError as error:
    print(str(error).split(":")[0])


def plain(a: int, b="x", *c, d: float = 1.0, **e: str) -> bool:
    return a


print(plain.__annotations__, (lambda x: x).__annotations__)


def checked(function):
    kinds = {name: kind for name, kind in function.__annotations__.items() if name != "return"}

    @functools.wraps(function)
    def wrapper(**given):
        for name, value in given.items():
            if not isinstance(value, kinds.get(name, object)):
                raise TypeError(f"{function.__name__}: {name} must be {kinds[name].__name__}")
        return function(**given)

    return wrapper


@checked
def area(width: int, height: int, unit: str = "m") -> str:
    return f"{width * height} {unit}"


print(area(width=2, height=3, unit="cm"))
try:
    area(width="2", height=3)
except TypeError as error:
    print(error)


@dataclass
class Stock:
    items: dict
    total: int = dataclasses.field(init=False, default=0)
    rate: dataclasses.InitVar[float] = 1.0

    def __post_init__(self, rate):
        self.total = int(sum(self.items.values()) * rate)


print(Stock({"a": 2}, rate=2.5), Stock({}) == Stock({}, 3.0), [each.name for each in dataclasses.fields(Stock)])
print(dataclasses.asdict(Stock({"b": 1})), dataclasses.replace(Stock({"b": 4}), rate=2).total)

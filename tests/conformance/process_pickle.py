# What crosses is a copy: identity is lost, what is shared within one message stays shared; functions and classes go by name.
import collections
import enum
from dataclasses import dataclass, field
from multiprocessing import Pipe


class Colour(enum.Enum):
    RED = 1
    BLUE = 2


@dataclass
class Order:
    name: str
    items: list = field(default_factory=list)


Point = collections.namedtuple("Point", "x y")


class Counter(dict):
    pass


class Guarded:
    def __init__(self):
        self.value = 3
        self.secret = "not sent"

    def __getstate__(self):
        return {"value": self.value}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.secret = "made anew"


class Reduced:
    def __init__(self, number):
        self.number = number

    def __reduce__(self):
        return Reduced, (self.number + 1,)


class Trouble(Exception):
    def __init__(self, code, text):
        super().__init__(code, text)
        self.code = code


def function(x):
    return x + 1


class Outer:
    class Inner:
        def method(self):
            return "method"


def cross(value):
    here, there = Pipe()
    here.send(value)
    return there.recv()


if __name__ == "__main__":
    shared = [1, 2]
    first, second = cross((shared, {"again": shared}))
    print(first is second["again"], first is shared, first == shared)
    loop = []
    loop.append(loop)
    loop = cross(loop)
    print(loop[0] is loop)
    for value in [None, True, -5, 10**30, 1.5, "é", b"bytes", (1, (2,)), {1, 2}, frozenset([3]), {"a": {"b": None}}, range(3)]:
        copy = cross(value)
        print(copy, type(copy) is type(value), copy == value)
    print(cross(collections.deque([1, 2])), cross(Colour.BLUE) is Colour.BLUE, cross(Point(1, [2])))
    order = Order("x", [1])
    print(cross(order), cross(order) == order, cross(order) is order)
    print(cross(function) is function, cross(Order) is Order, cross(Outer.Inner) is Outer.Inner, cross(len) is len, cross(int))
    print(cross(Outer.Inner()).method(), cross(Outer.Inner().method)())
    print(cross(Guarded()).__dict__, cross(Reduced(1)).number)
    counter = Counter(a=1)
    counter.extra = "kept"
    counter = cross(counter)
    print(counter, type(counter).__name__, counter.extra)
    error = cross(Trouble(7, "why"))
    print(type(error).__name__, error.args, error.code)
    print(repr(cross(ValueError("no", 1))))

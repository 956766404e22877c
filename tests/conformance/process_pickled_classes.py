"""Objects that say themselves how they are pickled, and those that do not."""
from dataclasses import dataclass
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from multiprocessing import Pipe


class Colour(Enum):
    RED = 1
    BLUE = 2


Point = namedtuple("Point", "x y")


@dataclass
class Item:
    name: str
    price: float = 1.0


class Slotted:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1


class State:
    def __init__(self):
        self.kept, self.dropped = 1, open

    def __getstate__(self):
        return {"kept": self.kept}

    def __setstate__(self, state):
        self.__dict__.update(state)
        self.dropped = "made anew"


class Reduced:
    def __init__(self, value):
        self.value = value

    def __reduce__(self):
        return Reduced, (self.value + 1,)


class Child(list):
    pass


class Oops(Exception):
    def __init__(self, code):
        super().__init__(f"code {code}")
        self.code = code


if __name__ == "__main__":
    left, right = Pipe()

    def crosses(value):
        left.send(value)
        return right.recv()

    print(crosses(Colour.RED) is Colour.RED, crosses(Point(1, 2)), crosses(Item("a")), crosses(Slotted()).a)
    state = crosses(State())
    print(state.kept, state.dropped, crosses(Reduced(1)).value)
    child = Child([1, 2])
    child.extra = "e"
    other = crosses(child)
    print(other, type(other) is Child, other.extra)
    print(crosses(Counter("aab")), crosses(OrderedDict(a=1)), crosses(deque([1, 2], 5)), crosses({1: {2: (3,)}}))
    print(crosses(defaultdict(list, {"a": [1]})), crosses(date(2024, 2, 29)), crosses(Decimal("1.50")), crosses(Fraction(1, 3)))
    shared = [1]
    first, second = crosses([shared, shared])
    print(first is second, first == shared, first is shared)
    loop = []
    loop.append(loop)
    again = crosses(loop)
    print(again[0] is again)
    print(crosses(len) is len, crosses(Point) is Point, crosses(str.upper)("a"), crosses([].append)([1]))
    print(crosses(range(3)), crosses(slice(1, 2)), crosses(b"x"), crosses(1 << 70), crosses(frozenset([1])), crosses(...))
    print(repr(crosses(ValueError("v", 1))), repr(crosses(KeyError("k"))), crosses(OSError(2, "no")).errno)
    try:
        crosses(Oops(3))
    except TypeError as error:
        print("TypeError", error)
    else:
        print("it can")

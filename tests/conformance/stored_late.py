# What is stored to classes, enumerations and functions after they were made.
import functools
import json
from enum import Enum, IntEnum


class Color(Enum):
    RED = 1
    CRIMSON = 1
    BLUE = 2

    def describe(self):
        return f"{self.name}={self.value}"


class Level(IntEnum):
    LOW = 1


def attempt(what):
    try:
        print(what())
    except (AttributeError, TypeError, OverflowError) as error:
        print(type(error).__name__, error)


def reassign():
    Color.RED = 5


def reassign_alias():
    Color.CRIMSON = 5


def rename():
    Color.RED.name = "x"


def revalue():
    Level.LOW.value = 3


def remove():
    del Color.BLUE


attempt(reassign)
attempt(reassign_alias)
attempt(rename)
attempt(revalue)
attempt(remove)
attempt(lambda: setattr(Color, "BLUE", 3))
Color.note = "kept"
Color.describe = lambda self: "described"
print(Color.note, Color.RED.describe(), list(Color), Level.LOW)


class Plain:
    pass


class Equal:
    def __eq__(self, other):
        return True


class Child(Equal):
    pass


def equal(self, other):
    return True


def fixed(self):
    return 7


Plain.__eq__ = equal
print(len({Plain(): 1}), Plain() == 3)
attempt(lambda: hash(Equal()))
attempt(lambda: hash(Child()))
Equal.__hash__ = fixed
print(hash(Equal()))


def tagged(x):
    "Says what it was given."
    return x


tagged.tag = "first"
tagged.level = 2


@functools.wraps(tagged)
def wrapper(x):
    return tagged(x)


print(wrapper.tag, wrapper.level, wrapper.__doc__, wrapper.__wrapped__ is tagged)


@functools.wraps(wrapper)
def outer(x):
    return wrapper(x)


print(outer.tag, outer.__name__, outer.__wrapped__ is wrapper)
attempt(lambda: len("a\tb".expandtabs(10**10)))
attempt(lambda: len("a\tb".expandtabs(100_000)))
attempt(lambda: "a\tb".expandtabs(-3))
print(json.dumps(["\x07\\\"\n\x7f\x80é😀\u2028", {"a\tb": None}]))
print(json.dumps("\x07\\\"\n\x7fé😀", ensure_ascii=False))

# Stores to what a thing has by itself, or cannot have.

import typing
from collections import namedtuple


def f(a, b=2):
    return a, b


class A:
    pass


class Sub(namedtuple("Sub", "a")):
    pass


class N(typing.NamedTuple):
    a: int


class M(N):
    pass


P = namedtuple("P", "x y")


def tried(act, *given):
    try:
        print(act(*given))
    except Exception as error:
        print(type(error).__name__, error)


def store_name(thing, name):
    thing.__name__ = name
    return thing.__name__


def store_qualified(thing, name):
    thing.__qualname__ = name
    return thing.__qualname__


def store_dict(thing, value):
    thing.__dict__ = value


def store_x(thing):
    thing.x = 1
    return thing.x


def delete_name(thing):
    del thing.__name__


for thing in (f, A):
    tried(store_name, thing, 5)
    tried(store_qualified, thing, None)
    tried(store_qualified, thing, "the.other")
    tried(store_dict, thing, 3) if thing is f else tried(store_dict, thing, {})
tried(store_name, f, "other")
tried(delete_name, f)
tried(delete_name, A)
tried(store_dict, A(), 3)
for thing in (object(), P(1, 2), Sub(1), N(1), M(1), 5, "a", [], {}, len, int, None, A(), f, A, Exception()):
    tried(store_x, thing)
tried(setattr, N(1), "a", 2)
tried(setattr, object(), "a", 2)
tried(lambda: P(1, 2).z)

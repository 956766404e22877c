# What `update`, `|=` and `**` make of objects with `keys`; and causes that are classes.


class M:
    def __init__(self, *names):
        self.names = names

    def keys(self):
        return self.names

    def __getitem__(self, key):
        if key == "bad":
            raise KeyError(key)
        return key * 2


class Both(M):
    def __iter__(self):
        return iter([("not", "asked")])


class Empty:
    def keys(self):
        return []


class NoItems:
    def keys(self):
        return ["a"]


class Pairs:
    def __iter__(self):
        return iter([("x", 1), ("y", 2)])


def tried(act):
    try:
        print(act())
    except Exception as error:
        print(type(error).__name__, error)


d = {"z": 0}
d.update(M("a", "b"))
print(d)
d.update(Both("c"), e=5)
print(d)
d |= M("f")
print(d)
print(d.__ior__(Both("g")))
d.update(Pairs())
d |= Pairs()
print(d)
tried(lambda: d.update(M("h", "bad", "i")))
print(d)
tried(lambda: d.update(object()))
tried(lambda: d.update(NoItems()))
tried(lambda: d.__ior__(5))
tried(lambda: {**Empty()})
tried(lambda: {**NoItems()})
tried(lambda: {**Pairs()})
tried(lambda: dict(**Empty()))
d.update(Empty())
print(len(d))


class Counted(dict):
    def __setitem__(self, key, value):
        print("not called")
        super().__setitem__(key, value)


c = Counted(M("k"))
c.update(M("l"))
c |= M("m")
print(c, type(c).__name__)


class Stack(list):
    def extend(self, more):
        print("not called")


stack = Stack("a")
stack += (letter for letter in "bc")
print(stack, type(stack).__name__)


class E(Exception):
    def __init__(self, text="made"):
        print("init", text)
        super().__init__(text)


class F(Exception):
    pass


def caused(act):
    try:
        act()
    except Exception as error:
        print(repr(error), repr(error.__cause__), error.__suppress_context__)


def a():
    raise ValueError("v") from KeyError


def b():
    raise F from F


def e():
    raise E from E


def f():
    raise ValueError from E


def g():
    raise E("given") from None


def h():
    raise E from F("f")


def i():
    raise 5 from E


for act in (a, b, e, f, g, h, i):
    caused(act)

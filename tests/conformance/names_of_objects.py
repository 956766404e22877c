"""What the module says of itself, and names that only a tuple holds."""
import math


class Command:
    """What can be done."""

    limit = 3

    def __init__(self, name):
        self.name = name

    def do_start(self):
        return "start " + self.name

    def do_stop(self):
        return "stop " + self.name


def plain(names):
    return [name for name in names if not name.startswith("__")]


command = Command("pump")
print(plain(dir(command)), plain(dir(Command)))
print([getattr(command, name)() for name in dir(command) if name.startswith("do_")])
print(Command.__doc__, command.__dict__, vars(command) == command.__dict__, "limit" in Command.__dict__)
print([name for name in dir([]) if name.startswith("a")], "upper" in dir(""), "sqrt" in dir(math))
print("__init__" in dir(command), "__eq__" in dir(3))


def described(first, second=2):
    third = first + second
    for number in range(2):
        third += number
    return locals()


print(described(1))


def late(flag):
    if flag:
        value = 1
    return "value" in locals(), sorted(locals())


print(late(True), late(False))


def outer(base):
    step = base + 1

    def inner():
        result = step * 2
        return sorted(locals().items())

    return inner()


print(outer(1))


def here():
    alpha, beta = 1, 2
    return dir()


print(here())

print(__doc__)


class Bare:
    pass


for name in ("left_side", "right_side"):
    setattr(Bare, name, name.upper())
print(plain(dir(Bare)), [getattr(Bare(), "left" + part) for part in ("_side",)])

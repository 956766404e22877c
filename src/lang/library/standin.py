# What stands in for a module that lies outside, where `--stub` asks for it: every call waits for a seeded time, and gives a
# value that says what it is.

from random import Random as _Random
from time import sleep as _sleep

_dice = _Random()
# What a program takes apart, or compares.
_pairs = ("accept", "communicate", "recvfrom")
_numbers = {"status_code": 200, "status": 200, "code": 200, "returncode": 0}


class StandInError(Exception):
    pass


class StandIn:
    def __init__(self, name):
        self._name = name

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(f"'{self._name}' has no attribute '{name}'")
        if name in _numbers:
            return _numbers[name]
        if name.endswith(("Error", "Exception", "Warning", "Timeout")) or name in ("error", "timeout"):
            return StandInError
        return StandIn(f"{self._name}.{name}")

    def __call__(self, *arguments, **keywords):
        _sleep(_dice.uniform(0.05, 0.5))
        given = [repr(argument) for argument in arguments]
        given += [f"{name}={value!r}" for name, value in keywords.items()]
        made = StandIn(f"{self._name}({', '.join(given)})")
        last = self._name.rsplit(".", 1)[-1]
        if last in _pairs:
            return made, StandIn(f"{made._name}[1]")
        if last == "recv":
            return b""
        return made

    def __getitem__(self, key):
        return StandIn(f"{self._name}[{key!r}]")

    def __setitem__(self, key, value):
        pass

    def __iter__(self):
        return iter(())

    def __len__(self):
        return len(self._name)

    def __bool__(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def __or__(self, other):
        return StandIn(f"{self._name} | {other}")

    def __repr__(self):
        return self._name

    __str__ = __repr__


def module(name):
    return StandIn(name)

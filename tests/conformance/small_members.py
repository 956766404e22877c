# Members of the library that are rarer: `functools`, `shlex`, `contextvars`, `types`, `random`, `inspect`, `typing`
import contextvars
import functools
import inspect
import random
import shlex
import threading
import types
from typing import Any, ContextManager, Coroutine, Match, Pattern, SupportsInt, TextIO, assert_never


class Cell:
    def __init__(self):
        self.alive = False

    def set_state(self, alive, times=1):
        self.alive = (alive, times)
        return self

    set_alive = functools.partialmethod(set_state, True)
    set_dead = functools.partialmethod(set_state, False, times=3)

    @functools.singledispatchmethod
    def show(self, value):
        return f"something {value!r}"

    @show.register(int)
    def _(self, value):
        return f"number {value} of {self.alive}"


cell = Cell()
print(cell.set_alive().alive, cell.set_alive(2).alive, Cell.set_dead(cell).alive, cell.show(1), cell.show("x"))
print(shlex.split("a 'b c' \"d \\\" e\" f\\ g '' # h", comments=True), shlex.quote("it's"), shlex.quote("plain"), shlex.join(["a b", "c"]))
for wrong in ("'open", "end\\"):
    try:
        shlex.split(wrong)
    except ValueError as error:
        print(error)

user = contextvars.ContextVar("user", default="nobody")
token = user.set("ann")


def look(found):
    found.append(user.get())
    user.set("changed")


found = []
thread = threading.Thread(target=look, args=(found,))
thread.start()
thread.join()
context = contextvars.copy_context()
context.run(look, found)
print(found, user.get(), context[user], user in context)
user.reset(token)
print(user.get(), contextvars.ContextVar("x").get(3))
try:
    contextvars.ContextVar("unset").get()
except LookupError as error:
    print(type(error).__name__)

fixed = types.MappingProxyType({"a": 1})
print(fixed, fixed["a"], len(fixed), list(fixed), fixed.get("b"), dict(fixed))
try:
    fixed["b"] = 2
except TypeError as error:
    print(error)
random.seed(5)
print(random.betavariate(1, 2), random.gammavariate(2.5, 1), random.gammavariate(0.5, 2), random.vonmisesvariate(1, 3))
print(random.randbytes(3), random.Random(1).gammavariate(1, 1), random.Random(2).randbytes(2))
print(inspect.isclass(Cell), inspect.isfunction(Cell.set_state), inspect.ismethod(cell.set_state), inspect.isbuiltin(len))
print(inspect.cleandoc("  a\n    b\n      c\n  "), inspect.getmro(Cell)[1], inspect.ismodule(types))
print([name for name, _ in inspect.getmembers(Cell(), inspect.ismethod) if not name.startswith("_")])

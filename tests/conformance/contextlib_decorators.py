# Context managers used as decorators; ExitStack whole.
from contextlib import contextmanager, ContextDecorator, ExitStack, closing, nullcontext, suppress, AbstractContextManager
import io


@contextmanager
def tag(name):
    print(f"<{name}>")
    try:
        yield name
    except ValueError as error:
        print("caught", error)
    finally:
        print(f"</{name}>")


@tag("p")
def say(text):
    "doc of say"
    print(text)
    return len(text)


print(say("hello"), say("again"), say.__name__, say.__doc__)


@tag("q")
def bad():
    raise ValueError("inside")


print(bad())


class Timed(ContextDecorator):
    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, *details):
        print("exit", details[0])
        return False


@Timed()
def work(a, *, b=2):
    return a + b


print(work(1), work(1, b=5))
try:
    with Timed():
        raise KeyError("k")
except KeyError as error:
    print("out", error)


class Own(AbstractContextManager):
    def __exit__(self, *d):
        print("own exit")


with Own() as own:
    print(type(own).__name__)

with ExitStack() as stack:
    names = [stack.enter_context(tag(n)) for n in "ab"]
    stack.callback(print, "called", sep="-", end="!\n")
    @stack.push
    def leave(kind, value, tb):
        print("pushed", kind, value)
        return True
    stack.push(closing(io.StringIO()))
    print(names)
    raise RuntimeError("swallowed")
print("after")
try:
    with ExitStack() as stack:
        stack.callback(lambda: 1 / 0)
        raise KeyError("first")
except ZeroDivisionError as error:
    print(repr(error), repr(error.__context__))
stack = ExitStack()
with stack:
    stack.callback(print, "kept")
    other = stack.pop_all()
print("nothing yet")
other.close()
try:
    with ExitStack() as s:
        s.enter_context(3)
except TypeError as error:
    print(error)
out = io.StringIO()
with nullcontext(5) as five, suppress(KeyError, IndexError):
    print(five)
    {}[1]
cm = tag("once")
with cm:
    pass
try:
    with cm:
        pass
except Exception as error:
    print(type(error).__name__, error)

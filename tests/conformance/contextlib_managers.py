import contextlib
import threading
from contextlib import closing, contextmanager, suppress


@contextmanager
def section(name, *, loud=False):
    print("enter", name, loud)
    try:
        yield name.upper()
    except ValueError as error:
        print("handled", error)
    finally:
        print("leave", name)


with section("one") as value:
    print(value)
with section("two", loud=True):
    raise ValueError("inside")
try:
    with section("three"):
        raise KeyError("out")
except KeyError as error:
    print("came out", error)


@contextmanager
def silent():
    return
    yield


try:
    with silent():
        print("never")
except RuntimeError as error:
    print(error)


class Resource:
    def close(self):
        print("closed")


with closing(Resource()) as resource:
    print(type(resource).__name__)
with suppress(ZeroDivisionError, KeyError):
    print(1 / 0)
print("after suppress")

lock = threading.Lock()
with contextlib.ExitStack() as stack:
    stack.enter_context(lock)
    stack.callback(print, "called back", lock.locked())
    print(stack.enter_context(section("four")), lock.locked())
print(lock.locked())
print(contextlib.suppress.__module__, contextlib.closing)
with contextlib.nullcontext(5) as five:
    print(five)

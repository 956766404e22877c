# The functions of `traceback`: texts, entries, limits, chains, files.
import io
import sys
import threading
import traceback


def inner(value):
    raise ValueError(f"bad {value}")


def middle(value):
    inner(value)


def outer(value):
    middle(value)


def shown(text):
    for line in text.splitlines():
        print("|", line.replace(__file__, "FILE"))


print(repr(traceback.format_exc()))
try:
    outer(3)
except ValueError as error:
    shown(traceback.format_exc())
    shown(traceback.format_exc(limit=1))
    shown(traceback.format_exc(limit=-1))
    tb = error.__traceback__
    print([(entry.name, entry.lineno, entry.line) for entry in traceback.extract_tb(tb)])
    print([tuple(entry)[1:] for entry in traceback.extract_tb(tb, limit=2)])
    print(len(traceback.format_tb(tb)), traceback.format_tb(tb, 1)[0].count("\n"))
    print(traceback.format_exception_only(type(error), error), traceback.format_exception_only(error))
    out = io.StringIO()
    traceback.print_exc(file=out)
    print(out.getvalue() == traceback.format_exc())
    traceback.print_tb(tb, file=out)
    print(out.getvalue().count("in middle"))
    shown("".join(traceback.format_exception(error)))
    print("".join(traceback.format_exception(type(error), error, tb)) == traceback.format_exc())
    shown("".join(traceback.format_exception(type(error), error, None)))
    traceback.print_exception(error, file=sys.stdout, limit=0)
    print([frame.f_code.co_name for frame, line in traceback.walk_tb(tb)])

try:
    try:
        outer(1)
    except ValueError as error:
        raise KeyError("lost") from error
except KeyError as error:
    shown(traceback.format_exc())
    shown(traceback.format_exc(chain=False))

try:
    try:
        outer(1)
    except ValueError:
        raise TypeError("while handling")
except TypeError as error:
    shown(traceback.format_exc())
    error.__suppress_context__ = True
    shown(traceback.format_exc())

try:
    traceback.print_exception("no exception")
except TypeError as error:
    print(error)
try:
    traceback.format_exception(ValueError, ValueError(1))
except ValueError as error:
    print(error)
entry = traceback.FrameSummary("a.py", 3, "f", line="x = 1")
print(entry, list(entry), entry[1], entry == ("a.py", 3, "f", "x = 1"), len(entry))
print(traceback.format_list([("a.py", 3, "f", "x = 1"), entry, ("b.py", 4, "g", None)]))


def worker():
    try:
        outer(7)
    except ValueError:
        shown(traceback.format_exc())


thread = threading.Thread(target=worker)
thread.start()
thread.join()


def deep(n):
    if n == 0:
        raise RuntimeError("bottom")
    deep(n - 1)


try:
    deep(6)
except RuntimeError:
    shown(traceback.format_exc())
told = traceback.TracebackException.from_exception(ValueError("by hand"))
print(list(told.format()), str(told), told.exc_type is ValueError, told.stack)

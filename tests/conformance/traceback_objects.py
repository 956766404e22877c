# Tracebacks as objects: entries, frames and codes; how they grow, and how they are stored.
import sys
import types


def fail():
    raise ValueError("first")


def pass_on():
    try:
        fail()
    finally:
        pass


def names(tb):
    found = []
    while tb is not None:
        found.append((tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return found


print(ValueError("fresh").__traceback__)
try:
    pass_on()
except ValueError as error:
    kept = error
    tb = error.__traceback__
    print(type(tb).__name__, isinstance(tb, types.TracebackType), names(tb))
    frame = tb.tb_frame
    print(type(frame).__name__, isinstance(frame, types.FrameType), frame.f_lineno > 0)
    code = tb.tb_next.tb_frame.f_code
    print(type(code).__name__, isinstance(code, types.CodeType), code.co_name, code.co_filename == __file__)
    kind, value, again = sys.exc_info()
    print(kind, value is error, names(again) == names(tb), sys.exception() is error)
    last = tb
    while last.tb_next:
        last = last.tb_next
    print("innermost", last.tb_lineno, last.tb_frame.f_code.co_name)
print(sys.exc_info(), sys.exception())
print(names(kept.__traceback__) == names(tb))


def again():
    raise kept


try:
    again()
except ValueError as error:
    print(names(error.__traceback__))
try:
    raise kept.with_traceback(None)
except ValueError as error:
    print(names(error.__traceback__))
try:
    raise KeyError("other").with_traceback(tb)
except KeyError as error:
    print(names(error.__traceback__))
    error.__traceback__ = None
    print(error.__traceback__)
    error.__traceback__ = tb
    print(names(error.__traceback__) == names(tb))
for wrong in (1, "text", ValueError()):
    try:
        kept.__traceback__ = wrong
    except TypeError as error:
        print(error)
    try:
        kept.with_traceback(wrong)
    except TypeError as error:
        print(error)


class Guard:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, tb):
        print(kind, value, None if tb is None else names(tb))
        return True


with Guard():
    fail()
with Guard():
    pass


def chained():
    try:
        fail()
    except ValueError as error:
        raise RuntimeError("second") from error


try:
    chained()
except RuntimeError as error:
    print(names(error.__traceback__), names(error.__cause__.__traceback__), error.__suppress_context__)
    print(error.__context__ is error.__cause__)


def called():
    here = sys._getframe()
    caller = sys._getframe(1)
    print(here.f_code.co_name, caller.f_code.co_name, here.f_back.f_code.co_name)
    return here.f_lineno


def caller():
    return called()


print(caller() > 0)
try:
    sys._getframe(100)
except ValueError as error:
    print(error)


def generator():
    try:
        yield 1
    except KeyError as error:
        print("inside", names(error.__traceback__))
        raise


made = generator()
next(made)
try:
    made.throw(KeyError("thrown"))
except KeyError as error:
    print("outside", names(error.__traceback__))

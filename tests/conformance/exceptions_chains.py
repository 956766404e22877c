# Chains of exceptions, finally with every way out, and CPython's messages.
import threading
try:
    raise ValueError from 5
except TypeError as t: print(t)
class AppError(Exception):
    "Base"
e = AppError("x"); e.extra = 5
print(vars(e), e.__doc__, AppError.__name__, AppError.__module__)
class NotFound(AppError):
    def __init__(self, key):
        super().__init__(f"{key} not found")
class E(NotFound, KeyError): pass
print(str(E("q")))
def nested():
    try:
        try:
            raise KeyError("a")
        finally:
            print("inner finally")
    except KeyError as k:
        try:
            raise ValueError("b")
        except ValueError as v:
            print(repr(v.__context__), v.__context__ is k)
            raise LookupError("c") from v
try: nested()
except LookupError as l:
    c = l
    while c is not None:
        print(repr(c)); c = c.__cause__ or c.__context__
def ret():
    for i in range(5):
        try:
            if i == 2: return i
            continue
        finally:
            print("f", i)
            if i == 1: break
    return "end"
print(ret())
def over():
    try: return "try"
    finally: return "finally"
print(over())
def els(x):
    try:
        if x: raise ValueError(x)
    except ValueError as e: return f"caught {e}"
    else: return "else"
    finally: print("always")
print(els(0), els(1))
try:
    try: 1/0
    except ZeroDivisionError: raise
except ArithmeticError as e: print("re", e)
e1 = None
try: raise OSError(2, "nope", "file.txt")
except FileNotFoundError as e: e1 = e
print(e1, e1.errno, e1.filename, e1.args)
for exc in (ConnectionRefusedError(111, "refused"), TimeoutError("slow"), BrokenPipeError(), PermissionError(13, "denied")):
    try: raise exc
    except ConnectionError as c: print("conn", c)
    except OSError as o: print("os", type(o).__name__, o, o.errno)
print(isinstance(exc, OSError), OSError is IOError is EnvironmentError)
try: [].pop()
except (KeyError, IndexError) as e: print(type(e).__name__, e)
try: int("x")
except ValueError as e: print(e)
try: "a" + 1
except TypeError as e: print(e)
try: None.foo
except AttributeError as e: print(e)
try: {}[(1, 2)]
except KeyError as e: print(e, e.args)
try: [1, 2] < 3
except TypeError as e: print(e)
try: a, b = 1, 2, 3
except ValueError as e: print(e)
try: len(5)
except TypeError as e: print(e)
word = "x"
try: word()
except TypeError as e: print(e)
try: assert 1 == 2, "math"
except AssertionError as e: print(e)
try: next(iter([]))
except StopIteration as e: print(repr(e.value))
import sys
try: sys.exit("bye")
except SystemExit as e: print(e.code, e)

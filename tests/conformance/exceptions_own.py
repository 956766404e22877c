# Exceptions of the program: own constructors, texts, notes, causes.
class AppError(Exception):
    """Base"""
class NotFound(AppError):
    def __init__(self, key, *, code=404):
        super().__init__(f"{key} not found")
        self.key = key
        self.code = code
class Odd(AppError):
    def __str__(self): return "odd!" + repr(self.args)
class Plain(Exception):
    def __init__(self, a, b):
        self.a = a
try:
    raise NotFound("k", code=1)
except AppError as e:
    print(e, repr(e), e.args, e.key, e.code, type(e).__name__, isinstance(e, Exception), e.__class__.__mro__)
print(Odd(1, 2), repr(Odd(1, 2)), Plain(1, 2).args, str(Plain(1, 2)), repr(Plain(1,2)))
try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise AppError("outer") from z
except AppError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
try:
    try:
        1 / 0
    except ZeroDivisionError as z:
        raise AppError("outer") from None
except AppError as e:
    print(repr(e.__cause__), repr(e.__context__), e.__suppress_context__)
e = ValueError("a")
e.add_note("note 1")
e.add_note("note 2")
print(e.__notes__, e.__traceback__, e.__cause__)
try:
    e.add_note(1)
except TypeError as x: print(x)
try:
    raise e.with_traceback(None)
except ValueError as x:
    print(x is e, x.args)
e.args = (1, 2)
print(e, repr(e))
k = KeyError("a")
print(k, repr(k), str(k), KeyError("a", "b"), KeyError())
try:
    raise NotFound
except TypeError as e:
    print(e)
try:
    raise 5
except TypeError as t: print(t)
try:
    raise ValueError from 5
except TypeError as t: print(t)
e = AppError("x"); e.extra = 5
print(vars(e), e.__doc__, AppError.__doc__, AppError.__name__, AppError.__module__)
print(AppError("a") == AppError("a"))
class E(NotFound, KeyError): pass
print(str(E("q")))

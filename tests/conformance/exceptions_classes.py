# Exceptions of one's own, their arguments, str and repr, and the tree they stand in.
class BankError(Exception):
    """A plain subclass."""


class TooPoor(BankError):
    def __init__(self, need, have):
        super().__init__(f"need {need}, have {have}")
        self.need = need
        self.have = have


for make in (lambda: BankError("a", 2), lambda: BankError(), lambda: TooPoor(5, 3), lambda: KeyError("k")):
    error = make()
    print(repr(error), str(error), error.args)

try:
    raise TooPoor(10, 1)
except BankError as error:
    print(type(error).__name__, error.need - error.have)

try:
    raise BankError  # a class: an instance is made
except BankError as error:
    print(repr(error), isinstance(error, Exception), isinstance(error, ValueError))

print(issubclass(KeyError, LookupError), issubclass(ZeroDivisionError, ArithmeticError), issubclass(TimeoutError, OSError))
try:
    raise "text"
except TypeError as error:
    print(error)
try:
    raise KeyboardInterrupt
except Exception:
    print("not an Exception")
except BaseException as error:
    print(type(error).__name__)

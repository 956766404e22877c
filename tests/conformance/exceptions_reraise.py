# Bare raise, raise from, and a handler that raises something else.
class AppError(Exception):
    pass


def convert(text):
    try:
        return int(text)
    except ValueError as error:
        raise AppError(f"no number: {text}") from error


try:
    convert("x")
except AppError as error:
    print(error, "|", error.__cause__, "|", type(error.__cause__).__name__)


def log_and_raise():
    try:
        [][1]
    except IndexError:
        print("logged")
        raise


try:
    log_and_raise()
except LookupError as error:
    print(type(error).__name__, error)

try:
    try:
        1 / 0
    except ZeroDivisionError:
        raise KeyError("second")
except KeyError as error:
    print(repr(error), repr(error.__context__))

try:
    raise
except RuntimeError as error:
    print(error)

try:
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise TypeError("inner")
        except TypeError:
            pass
        raise
except ValueError as error:
    print("still", error)

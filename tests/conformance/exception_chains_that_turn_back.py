# A chain of causes and contexts that leads back to where it began is printed once around.
import threading


def fail(error):
    raise error


def ring(*errors, attribute):
    for error, before in zip(errors, errors[1:] + errors[:1]):
        setattr(error, attribute, before)
    return errors[0]


for attribute in "__cause__", "__context__":
    thread = threading.Thread(target=fail, args=(ring(ValueError(1), KeyError(2), OSError(3), attribute=attribute),))
    thread.start()
    thread.join()
alone = ValueError("alone")
alone.__context__ = alone
try:
    raise alone
except ValueError as error:
    print(error.__context__ is error)
for name, value in ("__cause__", 3), ("__context__", "x"), ("__suppress_context__", 1), ("__cause__", None):
    try:
        setattr(alone, name, value)
        print(alone.__cause__, alone.__suppress_context__)
    except TypeError as error:
        print(error)
first, second = ring(ValueError("first"), ValueError("second"), attribute="__cause__"), None
raise first

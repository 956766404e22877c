# An exception that nobody catches ends the program: traceback on standard error, status 1.
print("before")


def inner(values):
    return values[3]


def outer():
    try:
        inner([1, 2])
    finally:
        print("finally still runs")


outer()
print("never printed")

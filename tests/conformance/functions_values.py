# Functions are values; recursion; lambda; default returns.
def nothing():
    """A docstring, and no return."""


def twice(function):
    def doubled(*args):
        return function(function(*args))

    return doubled


def add_three(n):
    return n + 3


def fibonacci(n: int) -> int:
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


def even(n):
    return n == 0 or odd(n - 1)


def odd(n):
    return n != 0 and even(n - 1)


print(nothing(), twice(add_three)(1), fibonacci(15), even(10), odd(7), (lambda a, b=2: a * b)(4))
table = {"add": lambda a, b: a + b, "sub": lambda a, b: a - b}
print(table["add"](1, 2), table["sub"](1, 2), nothing.__name__, callable(nothing), callable(1))


def endless(n):
    return endless(n + 1)


try:
    endless(0)
except RecursionError:
    print("too deep")

# Decorators on functions, with and without arguments.
def traced(function):
    def wrapper(*args, **kwargs):
        print("calling", args, kwargs)
        return function(*args, **kwargs)

    return wrapper


def repeat(times):
    def decorate(function):
        def wrapper(*args):
            return [function(*args) for _ in range(times)]

        return wrapper

    return decorate


@traced
def add(a, b=0):
    return a + b


@repeat(2)
@traced
def shout(word):
    return word.upper()


print(add(1, b=2), shout("hey"))

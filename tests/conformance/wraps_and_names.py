"""What functools.wraps gives a wrapper, and what getattr finds by names that are computed."""
import functools
import threading


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        wrapper.calls += 1
        return function(*args, **kwargs)

    wrapper.calls = 0
    return wrapper


class Announced:
    def __init__(self, word):
        self.word = word

    def __call__(self, function):
        @functools.wraps(function)
        def wrapper(*args):
            print(self.word, function.__name__)
            return function(*args)

        return wrapper


@counted
def half(number):
    """Halves it."""
    return number // 2


@Announced("calling")
@counted
def double(number):
    return number * 2


print(half.__name__, half.__qualname__, half.__doc__, half.__module__)
print(double.__name__, double.__doc__, double(4), double.__wrapped__.calls)
threads = [threading.Thread(target=half, args=(n,)) for n in range(3)]
for thread in threads:
    thread.start()
    thread.join()
print(half.calls, threads[0].name)
for word in ["name", "doc", "qualname"]:
    print(word, getattr(half, f"__{word}__", "none"))


def plain():
    pass


print(functools.update_wrapper(plain, half, assigned=("__doc__",)).__name__, plain.__doc__)

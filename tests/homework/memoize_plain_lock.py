# A memoizing decorator with a plain lock, and a recursive function: the first call inside the call waits for ever.
# expect: deadlock: main
import threading


def memoize(function):
    cache = {}
    lock = threading.Lock()

    def wrapper(n):
        with lock:
            if n not in cache:
                cache[n] = function(n)
            return cache[n]

    return wrapper


@memoize
def factorial(n):
    return 1 if n == 0 else n * factorial(n - 1)


print("five factorial is ...")
print(factorial(5))

# A memoizing decorator with a lock, and a recursive function: the lock has to be reentrant.
# expect: safe
import threading


def memoize(function):
    cache = {}
    lock = threading.RLock()

    def wrapper(n):
        with lock:
            if n not in cache:
                cache[n] = function(n)
            return cache[n]

    wrapper.size = lambda: len(cache)
    return wrapper


@memoize
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


results = {}
results_lock = threading.Lock()


def compute(n):
    value = fib(n)
    with results_lock:
        results[n] = value


threads = [threading.Thread(target=compute, args=(n,)) for n in (10, 20, 30)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for n, value in sorted(results.items()):
    print(f"fib({n}) = {value:,}")
print("cached:", fib.size())

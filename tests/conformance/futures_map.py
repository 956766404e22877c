"""`map` gives results in the order of its arguments, no matter which is done first."""
import threading
from concurrent.futures import ThreadPoolExecutor

last = threading.Event()


def first_waits_for_last(n):
    if n == 0:
        last.wait()
    if n == 3:
        last.set()
    return n * n


def check(n):
    if n == 2:
        raise ValueError("two is not allowed")
    return n


with ThreadPoolExecutor(max_workers=4) as pool:
    print(list(pool.map(first_waits_for_last, range(4))))
    print(list(pool.map(pow, [2, 3, 4], [5, 2])))
    print(list(pool.map(str.upper, ["a", "b"], chunksize=10)))
    print(list(pool.map(check, [])))
    results = pool.map(check, range(5))
    print(next(results), next(results))
    try:
        next(results)
    except ValueError as error:
        print(error)
    print(next(results, "nothing more"))
    print([value for value in pool.map(lambda a, b: a + b, "xy", "12")])
    for attempt in (lambda: pool.map(), lambda: pool.map(check, [1], size=2), lambda: pool.map(check, 3)):
        try:
            attempt()
        except TypeError as error:
            print(error)
try:
    pool.map(check, [1])
except RuntimeError as error:
    print(error)
print(list(pool.map(check, [])))

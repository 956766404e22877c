"""Tasks handed to a pool, and what their futures say of them."""
from concurrent.futures import Executor, Future, ThreadPoolExecutor


def area(width, height=2, *, scale=1):
    return width * height * scale


class Shape:
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2

    def __call__(self, extra):
        return self.side + extra


pool = ThreadPoolExecutor(max_workers=2)
plain = pool.submit(area, 3)
positional = pool.submit(area, 3, 4)
named = pool.submit(area, 3, height=5, scale=10)
bound = pool.submit(Shape(7).area)
called = pool.submit(Shape(7), 1)
builtin = pool.submit(max, [3, 9, 4])
lazy = pool.submit(lambda: "made late")
for future in (plain, positional, named, bound, called, builtin, lazy):
    print(future.result(), future.done(), future.running(), future.cancelled(), future.exception())

print(isinstance(plain, Future), isinstance(pool, Executor), isinstance(pool, ThreadPoolExecutor))
print(type(plain).__name__, type(pool).__name__)
print({plain: "first", named: "third"}[named])
print(len({plain, plain, named}))
for attempt in (lambda: pool.submit(), lambda: ThreadPoolExecutor(0), lambda: ThreadPoolExecutor(max_workers=-1)):
    try:
        attempt()
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
try:
    ThreadPoolExecutor(initializer=3)
except TypeError as error:
    print(error)
pool.shutdown()

# A pool that counts what it is given; `map` goes through `submit`, and `with` ends with `shutdown`.
from concurrent.futures import Executor, ThreadPoolExecutor


class Counting(ThreadPoolExecutor):
    def __init__(self, workers):
        super().__init__(max_workers=workers)
        self.given = 0

    def submit(self, function, /, *arguments, **keywords):
        self.given += 1
        return super().submit(function, *arguments, **keywords)

    def shutdown(self, wait=True, **keywords):
        print("shut down", wait)
        super().shutdown(wait=wait, **keywords)


with Counting(2) as pool:
    print(pool.submit(pow, 2, 3).result(), list(pool.map(str, [1, 2, 3])), type(pool).__name__)
print(pool.given, isinstance(pool, Executor), pool._max_workers)
try:
    pool.submit(print)
except RuntimeError as error:
    print(error)

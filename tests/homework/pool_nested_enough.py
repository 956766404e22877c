# Tasks that submit tasks and wait for them, in a pool that is just large enough.
# expect: safe
from concurrent.futures import ThreadPoolExecutor

executor = ThreadPoolExecutor(max_workers=3)


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def both(n):
    left = executor.submit(fib, n - 1)
    right = executor.submit(fib, n - 2)
    return left.result() + right.result()


outer = [executor.submit(both, n) for n in (8, 10)]
print([future.result() for future in outer])
executor.shutdown(wait=True)
print("executor is shut down")

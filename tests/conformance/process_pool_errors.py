# Pools: what goes wrong in a task, in what is asked of a pool, and after its end.
import multiprocessing
import multiprocessing.pool
import time
from multiprocessing import Pool


class Odd(Exception):
    def __init__(self, number):
        super().__init__(number)
        self.number = number


def even(number):
    if number % 2:
        raise Odd(number)
    return number


def unsendable(_):
    return lambda: 0


if __name__ == "__main__":
    pool = Pool(2)
    try:
        pool.map(even, [0, 1, 2])
    except Odd as error:
        print("Odd", error.number, type(error.__cause__).__name__, "raise Odd(number)" in str(error.__cause__))
    result = pool.apply_async(even, (3,))
    result.wait()
    print(result.ready(), result.successful())
    iterator = pool.imap(even, [2, 3, 4])
    for _ in range(3):
        try:
            print(next(iterator))
        except Odd as error:
            print("Odd", error.number)
    seen = []
    result = pool.apply_async(even, (5,), callback=seen.append, error_callback=seen.append)
    result.wait()
    pool.apply_async(even, (6,), callback=seen.append, error_callback=seen.append).wait()
    print(seen)
    try:
        pool.apply(unsendable, (0,))
    except multiprocessing.pool.MaybeEncodingError as error:
        print(type(error).__name__)
    try:
        pool.apply(lambda: 0)
    except Exception as error:
        print(type(error).__name__)
    slow = pool.apply_async(time.sleep, (60,))
    try:
        slow.get(timeout=0.01)
    except multiprocessing.TimeoutError:
        print("TimeoutError")
    try:
        slow.successful()
    except ValueError as error:
        print(str(error).endswith("not ready"))
    for wrong in [lambda: Pool(0), lambda: Pool(1, maxtasksperchild=0), lambda: Pool(1, initializer=3), pool.join]:
        try:
            wrong()
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)
    pool.terminate()
    pool.join()
    for late in [lambda: pool.map(even, [0]), lambda: pool.apply_async(even, (0,)), lambda: pool.imap(even, [0])]:
        try:
            late()
        except ValueError as error:
            print(error)

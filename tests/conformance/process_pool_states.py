"""A pool that is closed, terminated, or wrongly made."""
from multiprocessing import Pool, TimeoutError
from multiprocessing.pool import ThreadPool
import time


def attempt(call):
    try:
        print(call())
    except (ValueError, TypeError, AssertionError, TimeoutError, NotImplementedError) as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    attempt(lambda: Pool(0))
    attempt(lambda: Pool(1, initializer=3))
    attempt(lambda: Pool(1, maxtasksperchild=0))
    pool = Pool(1)
    attempt(pool.join)
    slow = pool.apply_async(time.sleep, (30,))
    attempt(lambda: slow.get(timeout=0.01))
    print(slow.ready())
    print(slow.ready(), slow.wait(0.01))
    pool.terminate()
    pool.join()
    attempt(lambda: pool.apply(abs, (1,)))
    pool = Pool(2)
    print(pool, str(ThreadPool(3)))
    pool.close()
    attempt(lambda: pool.map(abs, [1]))
    attempt(lambda: pool.imap(abs, [1]))
    attempt(lambda: pool.__enter__())
    pool.join()
    with Pool(2) as pool:
        print(pool.map(abs, [-1, -2]))
    attempt(lambda: pool.map(abs, [1]))
    attempt(lambda: Pool(1).imap(abs, [1], 0))

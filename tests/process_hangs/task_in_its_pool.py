# A task of a pool of one gives a task to the same pool through a thread pool, and waits.
from multiprocessing.pool import ThreadPool

pool = ThreadPool(1)

def inner(n):
    return n + 1

def outer(n):
    return pool.apply(inner, (n,)) * 2

print(pool.apply(outer, (1,)))
# says: stuck: main, Thread-1 (worker) (
# says: main waits for a result of pool (line 12); Thread-1 (worker) waits for a result of pool (line 10)
# says: Thread-1 (worker) is a worker of pool and waits for a task that a worker of pool has to do: let the caller wait instead, or give the inner tasks a second pool.

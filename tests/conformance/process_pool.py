# Pools: every way to hand out work.
import multiprocessing
import os
from multiprocessing import Pool


def square(x):
    return x * x


def add(a, b=10):
    return a + b


def prepare(value):
    global base
    base = value


def based(x):
    return base + x


def in_worker(_):
    process = multiprocessing.current_process()
    return process.daemon, process.name.startswith("ForkPoolWorker-"), os.getppid() == parent


if __name__ == "__main__":
    parent = os.getpid()
    with Pool(3) as pool:
        print(pool.map(square, range(10)), pool.map(square, []), pool.map(square, range(7), chunksize=3))
        print(pool.starmap(add, [(1, 2), (3,), (4, 5)]), pool.apply(add, (1,), {"b": 2}), pool.apply(add, [1]))
        print(list(pool.imap(square, range(5))), list(pool.imap(square, range(5), 2)))
        print(sorted(pool.imap_unordered(square, range(6))), sorted(pool.imap_unordered(square, range(6), chunksize=4)))
        print(set(pool.map(in_worker, range(4))))
        results = [pool.apply_async(square, (number,)) for number in range(4)]
        print([result.get(timeout=60) for result in results])
        result = pool.map_async(square, [1, 2, 3])
        result.wait()
        print(result.ready(), result.successful(), result.get())
        print(pool.starmap_async(add, [(1, 1), (2, 2)]).get())
        iterator = pool.imap(square, [5])
        print(iterator.next(), next(iterator, "over"))
    with Pool(processes=2, initializer=prepare, initargs=(100,)) as pool:
        print(pool.map(based, range(3)))
    pool = Pool(2, maxtasksperchild=1)
    print(pool.map(square, range(5), chunksize=1))
    pool.close()
    pool.join()
    print("joined", multiprocessing.active_children())

# The same interfaces with threads.
import multiprocessing.dummy
import threading
from multiprocessing.pool import ThreadPool


def record(x):
    seen.append(x)
    return x * 2


seen = []
if __name__ == "__main__":
    with ThreadPool(3) as pool:
        print(pool.map(record, range(5)), sorted(seen))
        print(pool.map(lambda x: x + 1, [1, 2]), pool.apply(record, (9,)), list(pool.imap(abs, [-1, -2])))
        print(pool.starmap(lambda a, b: a - b, [(5, 3), (1, 1)]))
        try:
            pool.map(lambda x: 1 / x, [1, 0])
        except ZeroDivisionError as error:
            print(error)
    with multiprocessing.dummy.Pool(2) as pool:
        print(pool.map(record, [1]))
    process = multiprocessing.dummy.Process(target=record, args=(7,))
    process.start()
    process.join()
    print(7 in seen, isinstance(process, threading.Thread))
    pool = ThreadPool(2)
    result = pool.map_async(record, [3, 4])
    pool.close()
    pool.join()
    print(result.get())

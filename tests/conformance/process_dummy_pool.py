"""Pools of threads, in the words of multiprocessing."""
import threading
from multiprocessing.dummy import Pool as DummyPool, Process
from multiprocessing.pool import ThreadPool

seen = []


def square(number):
    seen.append(threading.current_thread() is threading.main_thread())
    return number * number


if __name__ == "__main__":
    with ThreadPool(2) as pool:
        print(pool.map(square, range(4)), list(pool.imap(square, range(3))), pool.apply(lambda: 5))
    with DummyPool(2) as pool:
        print(pool.starmap(pow, [(2, 3), (3, 2)]), pool.map_async(square, [2]).get())
        try:
            pool.map(lambda n: 1 // n, [1, 0])
        except ZeroDivisionError as error:
            print(error, error.__cause__)
    print(any(seen))
    process = Process(target=square, args=(2,))
    process.start()
    process.join()
    print(process.exitcode, seen[-1])

# The executor whose workers are processes.
import os
from concurrent.futures import ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool


def square(x):
    return x * x


def add(a, b):
    return a + b


def fails(x):
    raise ValueError(f"not {x}")


def dies(_):
    os._exit(3)


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        future = executor.submit(square, 7)
        print(future.result(), future.done(), future.exception())
        print(list(executor.map(square, range(6))), list(executor.map(add, [1, 2], [3, 4])))
        print(list(executor.map(square, range(7), chunksize=3)))
        futures = [executor.submit(square, number) for number in range(5)]
        print(sorted(future.result() for future in as_completed(futures)))
        done, left = wait(futures)
        print(len(done), len(left))
        future = executor.submit(fails, 4)
        try:
            future.result()
        except ValueError as error:
            print("ValueError", error, type(error.__cause__).__name__)
        future = executor.submit(lambda: 0)
        print(type(future.exception()).__name__)
        executor.submit(square, 3).add_done_callback(lambda future: print("called back", future.result()))
    try:
        executor.submit(square, 1)
    except RuntimeError as error:
        print(error)
    executor = ProcessPoolExecutor(2)
    future = executor.submit(dies, 0)
    try:
        future.result()
    except BrokenProcessPool as error:
        print("BrokenProcessPool", error)
    try:
        executor.submit(square, 1)
    except BrokenProcessPool as error:
        print("BrokenProcessPool", error)
    try:
        ProcessPoolExecutor(0)
    except ValueError as error:
        print(error)

"""The executor whose workers are processes."""
from concurrent.futures import ProcessPoolExecutor, as_completed, wait


def square(number):
    if number == 13:
        raise ValueError("unlucky")
    return number * number


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as executor:
        futures = [executor.submit(square, number) for number in range(4)]
        print(sorted(future.result() for future in as_completed(futures)))
        print(list(executor.map(square, range(5), chunksize=2)), list(executor.map(pow, [2, 3], [3, 2])))
        bad = executor.submit(square, 13)
        print(repr(bad.exception()), type(bad.exception().__cause__).__name__)
        try:
            bad.result()
        except ValueError as error:
            print(error)
        seen = []
        future = executor.submit(square, 6)
        future.add_done_callback(lambda it: seen.append(it.result()))
        done, rest = wait([future])
        print(len(done), len(rest))
        unsendable = executor.submit(lambda: 1)
        print(type(unsendable.exception()).__name__)
    for call in (lambda: executor.submit(square, 1), lambda: ProcessPoolExecutor(0)):
        try:
            call()
        except (RuntimeError, ValueError) as error:
            print(type(error).__name__, error)

"""Exceptions in a pool's tasks come back, with where they came from as their cause."""
from multiprocessing import Pool


class Odd(Exception):
    def __init__(self, number, why):
        super().__init__(number, why)
        self.number = number


def even(number):
    if number % 2:
        raise Odd(number, "is odd")
    return number


def fail(error):
    print("error callback", type(error).__name__, error.args)


def nothing(number):
    return lambda: number


if __name__ == "__main__":
    with Pool(2) as pool:
        for call in (lambda: pool.map(even, [2, 3, 4]), lambda: pool.apply(even, (5,)), lambda: list(pool.imap(even, [2, 7]))):
            try:
                print(call())
            except Odd as error:
                print(error.args, error.number, type(error.__cause__).__name__, "is odd" in str(error.__cause__))
        result = pool.apply_async(even, (9,), error_callback=fail)
        result.wait()
        print(result.ready(), result.successful())
        iterator = pool.imap(even, [2, 3, 4])
        got = []
        while True:
            try:
                got.append(next(iterator))
            except StopIteration:
                break
            except Odd as error:
                got.append(error.number)
        print(got)
        try:
            pool.apply(nothing, (1,))
        except Exception as error:
            print(type(error).__name__, str(error)[:26])
        try:
            pool.map(even, [1, 2, 4])
        except Odd as error:
            print("first", error.number)
        try:
            pool.starmap(even, [1])
        except TypeError as error:
            print(error)

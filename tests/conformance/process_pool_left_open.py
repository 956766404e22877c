"""A pool that nobody closes is ended with the program."""
from multiprocessing import Pool


def square(number):
    return number * number


if __name__ == "__main__":
    pools = [Pool(2) for _ in range(2)]
    print([pool.map(square, range(3)) for pool in pools])
    print(pools[0].apply(square, (4,)))

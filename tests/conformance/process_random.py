"""Processes draw numbers of their own; with the same seed the same ones."""
import random
from multiprocessing import Pool


def draw(seed):
    random.seed(seed)
    return [random.randint(1, 100) for _ in range(3)]


def plain(_):
    return random.random()


if __name__ == "__main__":
    random.seed(1)
    print(draw(5))
    with Pool(2) as pool:
        print(pool.map(draw, [5, 5, 6], chunksize=1))
        print(len(set(pool.map(plain, range(8)))))

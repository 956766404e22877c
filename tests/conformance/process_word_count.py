"""Words counted in a pool: map, then reduce."""
from collections import Counter
from functools import reduce
from multiprocessing import Pool

TEXT = ["the quick brown fox", "jumps over the lazy dog", "the dog sleeps"]


def count(line):
    return Counter(line.split())


def join(left, right):
    left.update(right)
    return left


if __name__ == "__main__":
    with Pool(2) as pool:
        parts = pool.map(count, TEXT)
    total = reduce(join, parts, Counter())
    print(total.most_common(2), sum(total.values()), type(parts[0]).__name__)

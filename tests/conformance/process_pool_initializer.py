"""Each worker begins with the initializer; after so many tasks another takes its place."""
import os
from multiprocessing import Pool, Queue


def begin(names, word):
    global base
    base = word
    names.put("begun")


def say(number):
    return f"{base}{number}"


def who(number):
    return os.getpid()


if __name__ == "__main__":
    names = Queue()
    with Pool(2, begin, (names, "w")) as pool:
        print(pool.map(say, range(4)))
        print([names.get() for _ in range(2)])
    with Pool(1, maxtasksperchild=2) as pool:
        numbers = [pool.apply(who, (n,)) for n in range(6)]
        print([numbers.index(number) for number in numbers])

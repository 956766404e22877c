"""Every way to give work to a pool."""
from multiprocessing import Pool


def square(number):
    return number * number


def add(left, right):
    return left + right


def keyword(a, *, b=1):
    return a, b


if __name__ == "__main__":
    seen = []
    with Pool(3) as pool:
        print(pool.apply(square, (3,)), pool.apply(keyword, (1,), {"b": 2}))
        print(pool.map(square, range(7)), pool.map(square, []), pool.map(square, range(7), chunksize=2))
        print(pool.starmap(add, [(1, 2), (3, 4)]), list(pool.imap(square, range(5))))
        print(list(pool.imap(square, range(5), chunksize=2)), sorted(pool.imap_unordered(square, range(5))))
        print(sorted(pool.imap_unordered(square, range(5), 3)))
        result = pool.apply_async(square, (5,), callback=seen.append)
        print(result.get(timeout=10), result.ready(), result.successful())
        print(pool.map_async(square, range(3), callback=seen.append).get())
        print(pool.starmap_async(add, [(1, 1)]).get(10))
        iterator = pool.imap(square, [1, 2])
        print(next(iterator), iterator.next(), next(iterator, "none"))
        pool.close()
        pool.join()
    print(seen)

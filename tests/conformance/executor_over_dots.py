# The pool of processes under the name that its package has for it.
import concurrent.futures


def double(number):
    return 2 * number


if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(max_workers=2) as pool:
        print(list(pool.map(double, range(3))))
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        print(sorted(pool.map(double, range(3))))

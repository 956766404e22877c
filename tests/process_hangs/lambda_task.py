# A lambda as the task of a pool.
# says: PicklingError: Can't pickle <function <lambda>
# says: define it with `def` at the top of a module
from multiprocessing import Pool

if __name__ == "__main__":
    with Pool(1) as pool:
        print(pool.map(lambda n: n + 1, [1, 2]))

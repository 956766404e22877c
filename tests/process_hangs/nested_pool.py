# A pool in a worker of a pool: workers are daemons.
# says: AssertionError: daemonic processes are not allowed to have children
from multiprocessing import Pool

def leaf(n):
    return n * n

def branch(n):
    with Pool(2) as pool:
        return pool.map(leaf, range(n))

if __name__ == "__main__":
    with Pool(2) as pool:
        print(pool.map(branch, [1, 2]))

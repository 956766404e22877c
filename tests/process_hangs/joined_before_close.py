# Each process that is spawned sets the start method again.
from multiprocessing import Pool

def sq(n):
    return n * n

if __name__ == "__main__":
    pool = Pool(2)
    print(pool.map(sq, range(4)))
    pool.join()
# says: Pool is still running. Call `close` or `terminate` before `join`.

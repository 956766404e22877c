# A worker of a Pool is killed in the middle of a task (as by the kernel when memory is short).
import os, signal
from multiprocessing import Pool

def heavy(n):
    if n == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return n * n

if __name__ == "__main__":
    with Pool(2) as pool:
        print(pool.map(heavy, range(4), chunksize=1))
# says: main waits for a result of pool (line 12)
# says: ended in a task with exit code -9: a Pool replaces it, but nobody does its task again

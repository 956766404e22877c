# A worker of a pool dies in its task.
# says: ForkPoolWorker-1 ended in a task with exit code 4: a Pool replaces it, but nobody does its task again
import os
from multiprocessing import Pool

def work(n):
    os._exit(4)

if __name__ == "__main__":
    with Pool(1) as pool:
        print(pool.apply(work, (1,)))

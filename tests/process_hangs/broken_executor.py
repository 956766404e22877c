# A worker of an executor dies: it says so, and nobody waits.
# says: BrokenProcessPool: A process in the process pool was terminated abruptly
import os
from concurrent.futures import ProcessPoolExecutor

def work(n):
    os._exit(1)

if __name__ == "__main__":
    with ProcessPoolExecutor(1) as executor:
        print(executor.submit(work, 1).result())

# A lock between processes goes as an argument of a task.
# says: RuntimeError: Lock objects should only be shared between processes through inheritance
from multiprocessing import Lock, Pool

def work(lock):
    with lock:
        return 1

if __name__ == "__main__":
    with Pool(1) as pool:
        print(pool.apply(work, (Lock(),)))

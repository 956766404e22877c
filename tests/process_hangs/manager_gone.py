# The manager is shut down while a child still uses its dict.
import time
from multiprocessing import Process, Manager

def worker(shared):
    time.sleep(0.5)
    shared["answer"] = 42

if __name__ == "__main__":
    with Manager() as manager:
        shared = manager.dict()
        p = Process(target=worker, args=(shared,))
        p.start()
    p.join()
    print("exit", p.exitcode)
    print(dict(shared))
# says: The manager has ended, and what it kept with it: wait for those who use it before it ends.

# The result of a process that ended before it put one.
# says: Process-1 ended with exit code 3 (step 7). main waits for a message in q
# says: Nobody is left to put anything into q
import os
from multiprocessing import Process, Queue

def work(q):
    os._exit(3)

if __name__ == "__main__":
    q = Queue()
    p = Process(target=work, args=(q,))
    p.start()
    print(q.get())

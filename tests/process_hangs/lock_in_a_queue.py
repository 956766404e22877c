# put of an unpicklable item: the feeder prints a traceback, get waits forever.
from multiprocessing import Process, Queue
import threading

def work(q):
    q.put(threading.Lock())

if __name__ == "__main__":
    q = Queue()
    p = Process(target=work, args=(q,))
    p.start()
    print(q.get())
    p.join()
# says: Process-1 put into q (line 11) what cannot be pickled, so it was not sent: TypeError: cannot pickle '_thread.lock' object.

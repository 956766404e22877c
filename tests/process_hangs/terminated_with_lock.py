# A process is terminated while it holds a lock.
# says: Process-1 ended while it held lock (line 6). Every thread that wants lock now waits forever.
from multiprocessing import Lock, Process, Event

def work(lock, inside):
    with lock:
        inside.set()
        Event().wait()

if __name__ == "__main__":
    lock, inside = Lock(), Event()
    worker = Process(target=work, args=(lock, inside))
    worker.start()
    inside.wait()
    worker.terminate()
    worker.join()
    lock.acquire()

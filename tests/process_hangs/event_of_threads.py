# An event of threads is copied into each process.
# says: main waits for ready to be set (line 15)
# says: ready was set in Process-1, which has a copy of its own, and MainProcess does not see that: use multiprocessing.Event
import threading
from multiprocessing import Process

ready = threading.Event()

def work():
    ready.set()

if __name__ == "__main__":
    p = Process(target=work)
    p.start()
    ready.wait()
    p.join()

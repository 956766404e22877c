# A process is made while another thread is inside of a lock.
# says: child was forked while logger held lock. Its copy is held for ever: logger does not exist in child.
import threading
from multiprocessing import Process

lock, inside, made = threading.RLock(), threading.Event(), threading.Event()

def log():
    with lock:
        inside.set()
        made.wait()

def work():
    with lock:
        pass

if __name__ == "__main__":
    threading.Thread(target=log, name="logger").start()
    inside.wait()
    p = Process(target=work, name="child")
    p.start()
    made.set()
    p.join()

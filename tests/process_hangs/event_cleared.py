# Event is cleared right after set: a waiter that is not waiting yet misses it.
import time
from multiprocessing import Process, Event

def wait(e):
    time.sleep(0.2)
    e.wait()
    print("seen", flush=True)

if __name__ == "__main__":
    e = Event()
    p = Process(target=wait, args=(e,), name="late")
    p.start()
    e.set()
    e.clear()
    p.join()
# says: e was set by main (line 14, step 2) and cleared by main (line 15, step 3): who waits only after that waits for the next time.

# Waiting for an event with a lock in the hand, when who sets the event needs that lock.
# expect: deadlock or stuck: reader, loader
import threading
import time

lock = threading.Lock()
loaded = threading.Event()
data = {}


def reader():
    with lock:
        print("reader waits for the data")
        loaded.wait()
        print("data:", data)


def loader():
    time.sleep(0.3)
    print("loader has the data")
    with lock:
        data["x"] = 1
    loaded.set()


r = threading.Thread(target=reader, name="reader")
w = threading.Thread(target=loader, name="loader")
r.start()
w.start()
r.join()
w.join()

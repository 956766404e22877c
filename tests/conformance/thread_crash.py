# A thread that crashes lets go of what its with blocks hold; the others go on.
import threading


def crash():
    with lock:
        raise KeyError("gone")


def survive():
    with lock:
        print("got the lock")


lock = threading.Lock()
first = threading.Thread(target=crash)
first.start()
first.join()
second = threading.Thread(target=survive)
second.start()
second.join()
print(lock.locked(), first.is_alive())

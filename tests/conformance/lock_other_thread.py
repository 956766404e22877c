# A Lock has no owner: another thread may release it, and a waiting thread then gets it.
import threading


def let_go():
    print("released by another")
    lock.release()


lock = threading.Lock()
lock.acquire()
thread = threading.Thread(target=let_go)
thread.start()
print(lock.acquire())
thread.join()
lock.release()

order = []


def attempt():
    order.append(lock.acquire(timeout=0.1))


with lock:
    thread = threading.Thread(target=attempt)
    thread.start()
    thread.join()
print(order)

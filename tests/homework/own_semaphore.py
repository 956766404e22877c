# A counting semaphore made of a condition; three workers at most are in the room.
# expect: safe
import threading
import time


class MySemaphore:
    def __init__(self, value=1):
        self._value = value
        self._cond = threading.Condition(threading.Lock())

    def acquire(self):
        with self._cond:
            while self._value == 0:
                self._cond.wait()
            self._value -= 1

    def release(self):
        with self._cond:
            self._value += 1
            self._cond.notify()

    def __enter__(self):
        self.acquire()
        return self

    def __exit__(self, *exc_info):
        self.release()


room = MySemaphore(3)
inside, most = 0, 0
count_lock = threading.Lock()


def worker(n):
    global inside, most
    with room:
        with count_lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.1)
        with count_lock:
            inside -= 1
    print("worker", n, "was in the room")


workers = [threading.Thread(target=worker, args=(i,)) for i in range(7)]
for w in workers:
    w.start()
for w in workers:
    w.join()
print("at most", most)

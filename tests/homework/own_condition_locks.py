# A hand-made condition: each waiter takes a new plain lock twice, and the thread that notifies releases it.
# expect: safe
import threading
from collections import deque


class Cond:
    def __init__(self):
        self.mutex = threading.Lock()
        self.waiters = deque()

    def wait(self):
        waiter = threading.Lock()
        waiter.acquire()
        self.waiters.append(waiter)
        self.mutex.release()
        waiter.acquire()  # somebody else lets go of it
        self.mutex.acquire()

    def notify(self):
        if self.waiters:
            self.waiters.popleft().release()


cond = Cond()
stock = 0


def consumer(name):
    global stock
    with cond.mutex:
        while stock == 0:
            cond.wait()
        stock -= 1
    print(name, "took one")


def producer():
    global stock
    for _ in range(3):
        with cond.mutex:
            stock += 1
            cond.notify()


people = [threading.Thread(target=consumer, args=(f"consumer-{i}",), name=f"consumer-{i}") for i in range(3)]
for p in people:
    p.start()
maker = threading.Thread(target=producer, name="producer")
maker.start()
for p in people + [maker]:
    p.join()
print("stock:", stock)

# A counting semaphore out of two plain locks, as in old textbooks: the gate is open while the count is above zero.
# expect: safe
import threading


class TwoLockSemaphore:
    def __init__(self, count):
        self.count = count
        self.mutex = threading.Lock()
        self.gate = threading.Lock()
        if count == 0:
            self.gate.acquire()

    def P(self):
        self.gate.acquire()
        self.mutex.acquire()
        self.count -= 1
        if self.count > 0:
            self.gate.release()
        self.mutex.release()

    def V(self):
        self.mutex.acquire()
        self.count += 1
        if self.count == 1:
            self.gate.release()
        self.mutex.release()


items = TwoLockSemaphore(0)
shelf = []
shelf_lock = threading.Lock()


def bake():
    for loaf in range(6):
        with shelf_lock:
            shelf.append(f"loaf {loaf}")
        items.V()


def buy(customer):
    for _ in range(3):
        items.P()
        with shelf_lock:
            print("sold", shelf.pop())


baker = threading.Thread(target=bake, name="baker")
customers = [threading.Thread(target=buy, args=(c,), name=c) for c in ("Ole", "Ida")]
for t in customers + [baker]:
    t.start()
for t in customers + [baker]:
    t.join()
print("left:", shelf)

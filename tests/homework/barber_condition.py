# The sleeping barber as a class with one lock and two conditions; closing time wakes the barber for the last time.
# expect: safe
import threading
from collections import deque


class BarberShop:
    def __init__(self, chairs):
        self.lock = threading.Lock()
        self.customer_came = threading.Condition(self.lock)
        self.chair_free = threading.Condition(self.lock)
        self.waiting = deque()
        self.chairs = chairs
        self.closed = False
        self.cuts = 0

    def visit(self, name):
        with self.lock:
            while len(self.waiting) == self.chairs:
                self.chair_free.wait()
            self.waiting.append(name)
            self.customer_came.notify()

    def work(self):
        while True:
            with self.lock:
                while not self.waiting and not self.closed:
                    self.customer_came.wait()
                if not self.waiting:
                    return
                name = self.waiting.popleft()
                self.chair_free.notify()
            self.cuts += 1
            print("cutting the hair of", name)

    def close(self):
        with self.lock:
            self.closed = True
            self.customer_came.notify_all()


shop = BarberShop(chairs=2)
barber = threading.Thread(target=shop.work, name="barber")
barber.start()
visitors = [threading.Thread(target=shop.visit, args=(name,)) for name in "ABCDEFG"]
for v in visitors:
    v.start()
for v in visitors:
    v.join()
shop.close()
barber.join()
print(shop.cuts, "cuts, shop closed")

# A method that takes the lock calls another one that takes it, too; with an RLock that is fine.
# expect: safe
import threading


class Cart:
    def __init__(self):
        self.lock = threading.RLock()
        self.prices = []

    def add(self, price):
        with self.lock:
            self.prices.append(price)
            assert self.total() >= price

    def total(self):
        with self.lock:
            return sum(self.prices)


cart = Cart()
shoppers = [threading.Thread(target=cart.add, args=(price,)) for price in (5, 8, 13)]
for s in shoppers:
    s.start()
for s in shoppers:
    s.join()
print("total", cart.total())

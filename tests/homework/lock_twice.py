# A method that takes the lock calls another one that takes it, too.
# expect: deadlock: cashier
import threading


class Cart:
    def __init__(self):
        self.lock = threading.Lock()
        self.prices = []

    def add(self, price):
        with self.lock:
            self.prices.append(price)
            print("total now", self.total())

    def total(self):
        with self.lock:
            return sum(self.prices)


cart = Cart()
t = threading.Thread(target=cart.add, args=(5,), name="cashier")
t.start()
t.join()

# /// script
# [tool.raddle]
# title = "A lock that knows its owner"
# summary = "`restock` calls `add`, and both take the lock: an `RLock` lets its owner in again. Watch its count go up to two and back down."
# topics = ["RLock", "reentrancy"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Sahibini tanıyan kilit"
# summary = "`restock`, `add`'i çağırır; ikisi de kilidi alır: `RLock` sahibini yeniden içeri alır. Kilidin sayacının ikiye çıkıp geri inmesini izleyin."
# ///
import threading
import time


class Stock:
    def __init__(self):
        self.lock = threading.RLock()
        self.count = 0

    def add(self, amount):
        with self.lock:  # a Lock would wait here for its own thread
            self.count += amount
            time.sleep(0.2)

    def restock(self):
        with self.lock:
            self.add(10)
            self.add(5)
        print(f"{threading.current_thread().name}: stocked up")


stock = Stock()
shifts = [threading.Thread(name=name, target=stock.restock) for name in ("morning", "evening")]
for shift in shifts:
    shift.start()
for shift in shifts:
    shift.join()
print(f"in stock: {stock.count}")

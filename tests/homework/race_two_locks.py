# Both threads take a lock, but each one a lock of its own: it guards nothing.
# expect: race: clerk 1, clerk 2
import threading
import time


class Clerk(threading.Thread):
    stock = 10

    def __init__(self, number):
        super().__init__(name=f"clerk {number}")
        self.lock = threading.Lock()  # should belong to the class

    def run(self):
        with self.lock:
            n = Clerk.stock
            time.sleep(0.05)
            Clerk.stock = n - 1


clerks = [Clerk(1), Clerk(2)]
for clerk in clerks:
    clerk.start()
for clerk in clerks:
    clerk.join()
print("stock:", Clerk.stock)

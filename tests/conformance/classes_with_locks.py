# A class that guards itself with a lock, used by many threads.
import threading


class Account:
    def __init__(self, balance):
        self.balance = balance
        self._lock = threading.Lock()

    def change(self, amount):
        with self._lock:
            if self.balance + amount < 0:
                raise ValueError("overdrawn")
            self.balance += amount
            return self.balance


account = Account(10)
refused = []


def take(times):
    for _ in range(times):
        try:
            account.change(-1)
        except ValueError as error:
            refused.append(str(error))


threads = [threading.Thread(target=take, args=(5,)) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(account.balance, refused)

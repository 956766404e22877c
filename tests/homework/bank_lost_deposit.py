# Two deposits at once: both read the balance, both write their own sum. The pause makes the loss certain.
# expect: race: Ana, Ben
import threading
import time


class Account:
    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        new_balance = self.balance + amount
        time.sleep(0.01)  # the bank is slow
        self.balance = new_balance


account = Account()
threads = [threading.Thread(target=account.deposit, args=(100,), name=name) for name in ("Ana", "Ben")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("balance:", account.balance, "(should be 200)")

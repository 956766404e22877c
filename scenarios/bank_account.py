# /// script
# [tool.raddle]
# title = "Bank account"
# summary = "An account keeps its lock with its balance, and every method takes it. Watch withdrawals queue up, and the last one find too little."
# topics = ["Lock", "critical section", "class"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Banka hesabı"
# summary = "Hesap, bakiyesiyle birlikte kilidini de taşır; her yöntem onu alır. Para çekenlerin sıraya girdiğine, sonuncuya para kalmadığına bakın."
# ///
import threading
import time


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()

    def withdraw(self, amount):
        with self.lock:  # check and act in one piece
            if self.balance < amount:
                return False
            time.sleep(0.4)
            self.balance -= amount
            return True


account = Account(100)
results = []


def shop():
    results.append(account.withdraw(40))


shoppers = [threading.Thread(name=name, target=shop) for name in ("ann", "ben", "eve")]
for shopper in shoppers:
    shopper.start()
for shopper in shoppers:
    shopper.join()
print(f"paid: {results.count(True)}, refused: {results.count(False)}")
print(f"balance: {account.balance}")

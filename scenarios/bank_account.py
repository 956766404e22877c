# /// script
# [tool.raddle]
# title = "Bank account"
# summary = "An account keeps its lock next to its balance, and a withdrawal takes that lock first. Watch withdrawals queue up, and the last one find too little money."
# topics = ["Lock", "critical section", "class"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Banka hesabı"
# summary = "Hesap, kilidini bakiyesinin yanında taşır; para çekmek için önce o kilit alınır. Para çekenlerin sıraya girmesini, sonuncuya yeterli para kalmamasını izleyin."
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

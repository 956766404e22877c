# /// script
# [tool.raddle]
# title = "Transfer in both directions"
# summary = "Two transfers between the same two accounts, in opposite directions. Each locking its own account first would invite a deadlock; here both take the locks in the order of the accounts' names. Watch one wait, and both get through."
# topics = ["Lock", "lock order", "deadlock"]
# expect = "safe"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Karşılıklı havale"
# summary = "Aynı iki hesap arasında karşılıklı iki havale. Her biri önce kendi hesabının kilidini alsaydı kilitlenme (deadlock) olabilirdi; burada ikisi de kilitleri hesap adlarının sırasıyla alır. Birinin beklemesini, sonra ikisinin de geçmesini izleyin."
# ///
import threading
import time


class Account:
    def __init__(self, name, balance):
        self.name = name
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.name)
    with first.lock:  # not the source's: the one whose name comes first
        time.sleep(0.4)
        with second.lock:
            source.balance -= amount
            target.balance += amount


ann = Account("ann", 100)
ben = Account("ben", 100)
threads = [
    threading.Thread(name="there", target=transfer, args=(ann, ben, 30)),
    threading.Thread(name="back", target=transfer, args=(ben, ann, 10)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(f"ann {ann.balance}, ben {ben.balance}")

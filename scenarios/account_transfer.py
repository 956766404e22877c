# /// script
# [tool.raddle]
# title = "Transfer in both directions"
# summary = "Two transfers between the same accounts, one there and one back: each locks its own side first. The cure is a fixed order, by name."
# topics = ["Lock", "lock order", "deadlock"]
# expect = "safe"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "İki yöne havale"
# summary = "Aynı iki hesap arasında biri gidiş biri dönüş iki havale; her biri önce kendi tarafını kilitlerse kilitlenir. Çare: ada göre değişmez sıra."
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

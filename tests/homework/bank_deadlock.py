# Transfers in both directions, each taking the lock of its own account first. The pause in between makes it certain.
# expect: deadlock: alice to bob, bob to alice
import threading
import time


class BankAccount:
    def __init__(self, owner, balance):
        self.owner = owner
        self.balance = balance
        self.lock = threading.Lock()

    def withdraw(self, amount):
        self.balance -= amount

    def deposit(self, amount):
        self.balance += amount


def transfer(source, target, amount):
    print(f"{source.owner} pays {target.owner} {amount}")
    source.lock.acquire()
    time.sleep(0.1)
    target.lock.acquire()
    source.withdraw(amount)
    target.deposit(amount)
    target.lock.release()
    source.lock.release()


a = BankAccount("Alice", 100)
b = BankAccount("Bob", 100)
t1 = threading.Thread(target=transfer, args=(a, b, 30), name="alice to bob")
t2 = threading.Thread(target=transfer, args=(b, a, 20), name="bob to alice")
t1.start()
t2.start()
t1.join()
t2.join()
print(a.balance, b.balance)

# Transfers in both directions between two accounts. The locks are taken in the order of the account numbers.
# expect: safe
import threading


class Account:
    def __init__(self, number, balance):
        self.number = number
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount):
    first, second = sorted((source, target), key=lambda account: account.number)
    with first.lock, second.lock:
        if source.balance >= amount:
            source.balance -= amount
            target.balance += amount


alice = Account(1001, 500)
bob = Account(1002, 500)


def many(source, target, amounts):
    for amount in amounts:
        transfer(source, target, amount)


t1 = threading.Thread(target=many, args=(alice, bob, [10, 20, 30]))
t2 = threading.Thread(target=many, args=(bob, alice, [5, 15, 25]))
t1.start()
t2.start()
t1.join()
t2.join()
print(f"Alice {alice.balance}, Bob {bob.balance}, together {alice.balance + bob.balance}")

import threading
from decimal import Decimal, ROUND_HALF_UP


class Account:
    def __init__(self, name, balance):
        self.name = name
        self.balance = Decimal(balance)
        self.lock = threading.Lock()

    def deposit(self, amount):
        with self.lock:
            self.balance += amount

    def withdraw(self, amount):
        with self.lock:
            if amount > self.balance:
                raise ValueError(f"{self.name} has only {self.balance}")
            self.balance -= amount


def transfer(source, target, amount):
    source.withdraw(amount)
    target.deposit(amount)


ann, bob = Account("ann", "100.00"), Account("bob", "50.50")
threads = [threading.Thread(target=transfer, args=(ann, bob, Decimal("1.10"))) for _ in range(5)]
threads += [threading.Thread(target=transfer, args=(bob, ann, Decimal("2.35"))) for _ in range(5)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(ann.balance, bob.balance, ann.balance + bob.balance)
try:
    transfer(ann, bob, Decimal(1000))
except ValueError as error:
    print(error)
interest = (ann.balance * Decimal("0.0325")).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
print(interest, f"{ann.balance:>10.1f}", f"{Decimal('12345.678'):,}")

# Check-then-act: both see enough money, both take it, and the account is overdrawn.
# expect: race: husband, wife
import threading
import time

balance = 80


def withdraw(amount):
    global balance
    if balance >= amount:
        rest = balance - amount
        time.sleep(0.05)
        balance = rest
        print(f"{amount} paid out")
    else:
        print("not enough money")


people = [threading.Thread(target=withdraw, args=(80,), name=name) for name in ("husband", "wife")]
for p in people:
    p.start()
for p in people:
    p.join()
print("balance now", balance)

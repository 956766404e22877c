# Two transfers deadlock by acquire and release; a third, between other accounts, uses the same function and ends well.
# expect: deadlock: ann to bob, bob to ann
import threading
import time


class Account:
    def __init__(self, balance):
        self.balance = balance
        self.lock = threading.Lock()


def transfer(source, target, amount, pause):
    source.lock.acquire()
    time.sleep(pause)
    target.lock.acquire()
    source.balance -= amount
    target.balance += amount
    target.lock.release()
    source.lock.release()
    print("transferred", amount)


ann, bob, cat, dog = (Account(100) for _ in range(4))
plan = {
    "ann to bob": (ann, bob, 10, 0.1),
    "bob to ann": (bob, ann, 20, 0.1),
    "cat to dog": (cat, dog, 30, 1.0),
}
threads = [threading.Thread(target=transfer, args=args, name=name) for name, args in plan.items()]
for t in threads:
    t.start()
for t in threads:
    t.join()

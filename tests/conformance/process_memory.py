# A process has a copy of the memory: what it changes there, nobody else sees.
import random
import threading
from multiprocessing import Process, current_process

counter = 10
items = [1, 2]
lock = threading.Lock()
local = threading.local()
local.value = "main's"


class Account:
    total = 5

    def __init__(self):
        self.balance = 100


account = Account()


def change(name):
    global counter
    counter += 1
    items.append(counter)
    account.balance -= 30
    Account.total += 1
    local.value += " copy"
    with lock:
        print(name, counter, items, account.balance, Account.total, local.value, sep=" | ")

    def inner():
        global counter
        counter += 5
        items.append(threading.current_thread().name)

    thread = threading.Thread(target=inner, name="inner")
    thread.start()
    thread.join()
    print(name, counter, items, threading.active_count(), threading.main_thread() is threading.current_thread())
    print(current_process().name, threading.current_thread().name)
    print(random.random() == expected)


if __name__ == "__main__":
    random.seed(7)
    expected = random.random()
    random.seed(7)
    for number in range(2):
        process = Process(target=change, args=(f"child {number}",))
        process.start()
        process.join()
    print(counter, items, account.balance, Account.total, local.value, sep=" | ")
    print(random.random() == expected)

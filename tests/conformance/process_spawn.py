"""A process that is spawned begins anew: it runs the module under another name, and knows only what is sent to it."""
import multiprocessing as mp
import threading

counter = 0
print("module", __name__, "in", mp.current_process().name)


class Account:
    def __init__(self, owner, amount):
        self.owner = owner
        self.amount = amount


def work(number, lock, queue, account):
    global counter
    counter += number
    account.amount += number
    with lock:
        print(mp.current_process().name, counter, account.amount, threading.current_thread().name)
    queue.put((number, counter, Account.__module__, work.__module__, Account("b", 0)))


if __name__ == "__main__":
    context = mp.get_context("spawn")
    print(mp.get_start_method(allow_none=True), context.get_start_method(), context.Process.__name__)
    counter = 100
    mine = Account("a", 10)
    lock, queue = context.Lock(), context.Queue()
    for number in (1, 2):
        process = context.Process(target=work, args=(number, lock, queue, mine))
        process.start()
        process.join()
        *facts, account = queue.get()
        print(*facts, process.exitcode, process.name, type(account) is Account, account.owner)
    print(counter, mine.amount)

# Data of each thread, in a class with an `__init__` that runs in every thread.
import threading


class Mine(threading.local):
    kind = "shared"

    def __init__(self, start, *, step=1):
        print("begins in", threading.current_thread().name)
        self.count = start
        self.step = step
        self.items = []

    def bump(self):
        self.count += self.step
        self.items.append(self.count)
        return self.count

    @property
    def double(self):
        return self.count * 2


mine = Mine(10, step=2)
print(mine.bump(), mine.bump(), mine.items, mine.kind, mine.double)


def work():
    print(mine.count, mine.bump(), mine.items, sorted(mine.__dict__))
    mine.extra = 1
    print(hasattr(mine, "extra"))
    del mine.extra
    try:
        mine.extra
    except AttributeError as error:
        print(error)


thread = threading.Thread(target=work, name="worker")
thread.start()
thread.join()
print(mine.bump(), mine.items, hasattr(mine, "extra"), isinstance(mine, threading.local))

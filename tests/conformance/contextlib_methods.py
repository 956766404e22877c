# A context manager that decorates methods, in classes and threads; the same one again and again.
import threading
from contextlib import contextmanager, ContextDecorator, ExitStack

lock = threading.Lock()
log = []


@contextmanager
def locked(name):
    with lock:
        log.append(name)
        yield
        log.append(f"/{name}")


class Account:
    def __init__(self):
        self.balance = 0

    @locked("deposit")
    def deposit(self, amount, *, fee=0):
        "puts money in"
        self.balance += amount - fee
        return self.balance

    @staticmethod
    @locked("static")
    def rate():
        return 3

    @classmethod
    @locked("class")
    def make(cls):
        return cls()


account = Account()
print(account.deposit(10), account.deposit(5, fee=1), Account.deposit(account, 1), Account.rate(), type(Account.make()).__name__)
print(Account.deposit.__name__, account.deposit.__doc__, Account.deposit.__wrapped__ is not None, log)
threads = [threading.Thread(target=account.deposit, args=(n,)) for n in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(account.balance, len(log))


class Depth(ContextDecorator):
    level = 0

    def __enter__(self):
        Depth.level += 1
        return self

    def __exit__(self, kind, value, traceback):
        Depth.level -= 1
        return kind is KeyError


@Depth()
def down(n):
    if n == 0:
        raise KeyError("bottom")
    return Depth.level, down(n - 1)


print(down(3), Depth.level)
try:
    with ExitStack() as stack:
        stack.callback(print, "last")
        stack.enter_context(Depth())
        stack.push(lambda kind, value, tb: print("seen", kind.__name__, tb is not None))
        raise ValueError("through")
except ValueError as error:
    print(error, Depth.level)
with ExitStack() as outer:
    with ExitStack() as inner:
        inner.callback(print, "moved")
        outer.enter_context(inner.pop_all())
    print("inner is over")


def failing(message):
    def leave(kind, value, traceback):
        raise ValueError(message)
    return leave


try:
    with ExitStack() as stack:
        stack.push(failing("one"))
        stack.push(failing("two"))
        raise KeyError("zero")
except ValueError as error:
    chain = []
    while error:
        chain.append(str(error))
        error = error.__context__
    print(chain)

"""fromkeys of a class that inherits from dict makes an object of that class; vars shows what a thread has for itself."""
import threading


class Upper(dict):
    def __setitem__(self, key, value):
        super().__setitem__(key.upper(), value)


class Own(threading.local):
    def __init__(self, start):
        self.number = start


table = Upper.fromkeys("xy", 0)
print(table, type(table).__name__, Upper.fromkeys([]), dict.fromkeys("ab"), {}.fromkeys("c", 1))
own = Own(5)
print(vars(own), own.__dict__)


def work():
    own.other = 1
    print(vars(own))


thread = threading.Thread(target=work)
thread.start()
thread.join()
print(vars(own))

# Attributes that the library, or a dict, stores under names that the program's text stores to nowhere.
import threading
from types import SimpleNamespace

a = SimpleNamespace(x=5, y=[1])


def show():
    print(a.x, a.y, hasattr(a, "x"), getattr(a, "z", None), a)


show()
thread = threading.Thread(target=show)
thread.start()
thread.join()


class Held:
    def __init__(self, d):
        self.__dict__ = d


held = Held({"size": 1})
print(held.size, vars(held))

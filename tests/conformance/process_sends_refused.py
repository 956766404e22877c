"""What cannot be sent, in CPython's words."""
import threading
from multiprocessing import Pipe


class Outer:
    class Inner:
        pass

    def method(self):
        return 1


def make():
    class Local:
        pass

    return Local()


def inner():
    def nested():
        pass

    return nested


def numbers():
    yield 1


if __name__ == "__main__":
    left, right = Pipe()
    things = {
        "lambda": lambda: 1,
        "nested": inner(),
        "local": make(),
        "lock": threading.Lock(),
        "rlock": threading.RLock(),
        "event": threading.Event(),
        "thread": threading.Thread(),
        "generator": numbers(),
        "deep": {"a": [threading.Lock()]},
        "module": threading,
        "local data": threading.local(),
        "file": open(__file__),
    }
    for name, thing in things.items():
        try:
            left.send(thing)
            print(name, "goes", type(right.recv()).__name__)
        except Exception as error:
            print(name, type(error).__name__, str(error).split(" at 0x")[0])
    left.send(Outer.Inner())
    left.send(Outer().method)
    print(type(right.recv()).__qualname__, right.recv()())

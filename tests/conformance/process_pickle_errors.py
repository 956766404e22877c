# What cannot cross, in CPython's words.
import threading
from multiprocessing import Lock, Pipe, Queue, Value


class Local:
    def __init__(self):
        self.lock = threading.Lock()


def outer():
    def inner():
        pass

    class Hidden:
        pass

    return [inner, Hidden, Hidden(), lambda: 0]


def numbers():
    yield 1


if __name__ == "__main__":
    here, there = Pipe()
    values = outer() + [threading.Lock(), threading.RLock(), numbers(), Local(), Lock(), Queue(), Value("i", 1)]
    for value in values:
        try:
            here.send(value)
            print("sent")
        except Exception as error:
            print(type(error).__name__, error)
    print(there.poll())

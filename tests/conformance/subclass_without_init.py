# A class that forgets the `__init__` above is told where the first thing is missing.
import queue
import threading
from concurrent.futures import Future


class Belt(queue.Queue):
    def __init__(self):
        self.name = "belt"


class Gate(threading.Event):
    def __init__(self):
        pass


class Permits(threading.Semaphore):
    def __init__(self):
        pass


class Meeting(threading.Barrier):
    def __init__(self, parties):
        self.size = parties


class Promise(Future):
    def __init__(self):
        pass


def attempt(call):
    try:
        print(call())
    except AttributeError as error:
        print(error)


belt = Belt()
attempt(lambda: belt.put(1))
attempt(lambda: belt.get())
attempt(lambda: belt.qsize())
attempt(lambda: belt.join())
attempt(lambda: Gate().set())
attempt(lambda: Gate().wait(1))
attempt(lambda: Permits().acquire())
attempt(lambda: Permits().release())
attempt(lambda: Meeting(2).wait())
attempt(lambda: Promise().done())
print(belt.name)

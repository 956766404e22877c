"""What an uncaught exception says of itself comes from its `__str__`, in threads and in chains too."""
import queue
import threading


class Refused(Exception):
    def __init__(self, amount):
        self.amount = amount

    def __str__(self):
        return f"refused {self.amount:.2f}"


class Silent(Exception):
    def __str__(self):
        raise ValueError("no words")


def silent():
    raise Silent(1)


try:
    queue.Queue().get_nowait()
except queue.Empty as error:
    print(type(error), type(queue.Full()), repr(error))
try:
    threading.Barrier(2).wait(0)
except threading.BrokenBarrierError as error:
    print(type(error))

thread = threading.Thread(target=silent)
thread.start()
thread.join()
try:
    raise KeyError("account")
except KeyError as error:
    raise Refused(12.5) from error

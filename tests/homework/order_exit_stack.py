# Gates that open on the way out: an ExitStack has the release of the next lock as a callback.
# expect: safe
import threading
import time
from contextlib import ExitStack


class Gate:
    def __init__(self, is_open=False):
        self.lock = threading.Lock()
        if not is_open:
            self.lock.acquire()

    def pass_through(self):
        self.lock.acquire()

    def open(self, *ignored):
        self.lock.release()


gates = [Gate(is_open=True), Gate(), Gate(), Gate()]


def guest(i):
    with ExitStack() as stack:
        gates[i].pass_through()
        stack.callback(gates[i + 1].open)
        time.sleep(0.2)
        print("guest", i, "passes")


guests = [threading.Thread(target=guest, args=(i,), name=f"guest {i}") for i in (2, 1, 0)]
for g in guests:
    g.start()
gates[3].pass_through()
print("all guests are in")

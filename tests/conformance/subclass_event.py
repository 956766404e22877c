# An event with more to tell.
import threading


class Gate(threading.Event):
    def __init__(self, name):
        super().__init__()
        self.name = name
        self.opened = 0

    def set(self):
        self.opened += 1
        super().set()

    def __bool__(self):
        return self.is_set()

    def __repr__(self):
        return f"Gate({self.name}, {'open' if self else 'shut'})"


gate = Gate("north")
print(gate, bool(gate), gate.wait(0.01))


def opener():
    gate.set()
    gate.set()


thread = threading.Thread(target=opener)
thread.start()
print(gate.wait(), gate)
thread.join()
gate.clear()
print(gate.opened, gate.is_set(), isinstance(gate, threading.Event))

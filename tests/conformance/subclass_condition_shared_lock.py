# Two conditions of a class of one's own over one lock.
import threading


class Signal(threading.Condition):
    def __init__(self, lock, name):
        super().__init__(lock)
        self.name = name
        self.sent = 0

    def notify(self, n=1):
        self.sent += n
        super().notify(n)


lock = threading.Lock()
full, empty = Signal(lock, "full"), Signal(lock, "empty")
slot = []
seen = []


def consume():
    for _ in range(3):
        with lock:
            while not slot:
                full.wait()
            seen.append(slot.pop())
            empty.notify()


thread = threading.Thread(target=consume)
thread.start()
for number in range(3):
    with lock:
        while slot:
            empty.wait()
        slot.append(number)
        full.notify()
thread.join()
print(seen, full.sent, empty.sent, full.name)

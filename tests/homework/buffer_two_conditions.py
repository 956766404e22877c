# A ring buffer with two conditions on one lock: not_full and not_empty.
# expect: safe
import threading


class RingBuffer:
    def __init__(self, capacity):
        self.slots = [None] * capacity
        self.head = self.tail = self.count = 0
        self.lock = threading.Lock()
        self.not_full = threading.Condition(self.lock)
        self.not_empty = threading.Condition(self.lock)

    def put(self, item):
        with self.not_full:
            while self.count == len(self.slots):
                self.not_full.wait()
            self.slots[self.tail] = item
            self.tail = (self.tail + 1) % len(self.slots)
            self.count += 1
            self.not_empty.notify()

    def take(self):
        with self.not_empty:
            while self.count == 0:
                self.not_empty.wait()
            item, self.slots[self.head] = self.slots[self.head], None
            self.head = (self.head + 1) % len(self.slots)
            self.count -= 1
            self.not_full.notify()
            return item


ring = RingBuffer(2)
sums = {}


def produce(first):
    for n in range(first, first + 4):
        ring.put(n)


def consume(name):
    sums[name] = sum(ring.take() for _ in range(4))


c = threading.Thread(target=consume, args=("only",))
p = threading.Thread(target=produce, args=(10,))
c.start(), p.start()
c.join(), p.join()
print("sum", sums["only"], "slots", ring.slots)

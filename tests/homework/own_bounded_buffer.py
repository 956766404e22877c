# A bounded buffer out of three plain locks: one guards the list, the others say "not full" and "not empty".
# expect: safe
import threading


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = []
        self.guard = threading.Lock()
        self.not_full = threading.Lock()
        self.not_empty = threading.Lock()
        self.not_empty.acquire()  # there is nothing in it yet

    def put(self, item):
        self.not_full.acquire()
        with self.guard:
            self.items.append(item)
            if len(self.items) < self.size:
                self.not_full.release()
            if len(self.items) == 1:
                self.not_empty.release()

    def get(self):
        self.not_empty.acquire()
        with self.guard:
            item = self.items.pop(0)
            if self.items:
                self.not_empty.release()
            if len(self.items) == self.size - 1:
                self.not_full.release()
        return item


buffer = Buffer(2)


def producer(name, count):
    for i in range(count):
        buffer.put(f"{name}{i}")


def consumer(count):
    for _ in range(count):
        print("got", buffer.get())


threads = [
    threading.Thread(target=producer, args=("x", 4)),
    threading.Thread(target=producer, args=("y", 4)),
    threading.Thread(target=consumer, args=(5,)),
    threading.Thread(target=consumer, args=(3,)),
]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("left over:", buffer.items)

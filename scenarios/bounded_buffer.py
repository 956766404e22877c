# /// script
# [tool.raddle]
# title = "Bounded buffer"
# summary = "A buffer for two items, made by hand from a `Condition`. Watch `wait` give up the lock, and `notify` wake the other side."
# topics = ["Condition", "wait", "notify", "producer-consumer"]
# expect = "safe"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Sınırlı tampon"
# summary = "Koşul değişkeniyle (`Condition`) elle yapılmış iki yerlik bir tampon. `wait`'in kilidi bırakmasını, `notify`'ın karşı tarafı uyandırmasını izleyin."
# ///
import threading
import time


class Buffer:
    def __init__(self, size):
        self.size = size
        self.items = []
        self.changed = threading.Condition()

    def put(self, item):
        with self.changed:
            while len(self.items) == self.size:  # "while": look again after waking
                self.changed.wait()
            self.items.append(item)
            self.changed.notify()

    def take(self):
        with self.changed:
            while not self.items:
                self.changed.wait()
            item = self.items.pop(0)
            self.changed.notify()
            return item


def bake(buffer):
    for loaf in range(1, 6):
        buffer.put(loaf)
        print(f"baked {loaf}")


def eat(buffer):
    for _ in range(5):
        time.sleep(0.5)
        print(f"ate {buffer.take()}")


shelf = Buffer(2)
baker = threading.Thread(name="baker", target=bake, args=(shelf,))
eater = threading.Thread(name="eater", target=eat, args=(shelf,))
baker.start()
eater.start()
baker.join()
eater.join()
print("shop closed")

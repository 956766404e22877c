# The unisex bathroom: never both kinds at once, never more than three. With a condition.
# expect: safe
import threading
import time


class Bathroom:
    CAPACITY = 3

    def __init__(self):
        self.changed = threading.Condition()
        self.inside = {"woman": 0, "man": 0}
        self.most = 0

    def enter(self, kind):
        other = "man" if kind == "woman" else "woman"
        with self.changed:
            while self.inside[other] or self.inside[kind] == self.CAPACITY:
                self.changed.wait()
            self.inside[kind] += 1
            assert not (self.inside["man"] and self.inside["woman"])
            self.most = max(self.most, self.inside[kind])

    def leave(self, kind):
        with self.changed:
            self.inside[kind] -= 1
            self.changed.notify_all()


bathroom = Bathroom()


def person(kind, number):
    bathroom.enter(kind)
    time.sleep(0.1)
    bathroom.leave(kind)
    print(f"{kind} {number} was in")


people = [threading.Thread(target=person, args=("man" if i % 3 == 0 else "woman", i)) for i in range(9)]
for p in people:
    p.start()
for p in people:
    p.join()
print("never too many:", bathroom.most <= Bathroom.CAPACITY)

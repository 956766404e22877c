# Dining philosophers: each takes the left fork, thinks for a moment, then wants the right one.
# expect: deadlock: Plato, Kant, Hume, Marx, Sartre
import threading
import time

names = ["Plato", "Kant", "Hume", "Marx", "Sartre"]
forks = [threading.Lock() for _ in names]


class Philosopher(threading.Thread):
    def __init__(self, index):
        super().__init__(name=names[index])
        self.left = forks[index]
        self.right = forks[(index + 1) % len(forks)]

    def run(self):
        for _ in range(3):
            self.left.acquire()
            print(self.name, "has the left fork")
            time.sleep(0.5)
            self.right.acquire()
            print(self.name, "eats")
            self.right.release()
            self.left.release()


philosophers = [Philosopher(i) for i in range(len(names))]
for p in philosophers:
    p.start()
for p in philosophers:
    p.join()

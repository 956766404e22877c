# Dining philosophers who are polite: no second fork within a while, and the first one is put down again.
# expect: safe
import random
import threading
import time


class Fork:
    def __init__(self, n):
        self.n = n
        self.lock = threading.Lock()


class Philosopher(threading.Thread):
    def __init__(self, name, left, right):
        super().__init__()
        self.who = name
        self.left, self.right = left, right
        self.random = random.Random(name)
        self.meals = 0

    def run(self):
        while self.meals < 3:
            with self.left.lock:
                if self.right.lock.acquire(timeout=self.random.uniform(0.05, 0.1)):
                    try:
                        self.meals += 1
                        time.sleep(0.02)
                    finally:
                        self.right.lock.release()
            time.sleep(self.random.uniform(0.01, 0.2))


forks = [Fork(n) for n in range(4)]
diners = [Philosopher(name, forks[i], forks[(i + 1) % 4]) for i, name in enumerate(["Zeno", "Hypatia", "Averroes", "Laozi"])]
for diner in diners:
    diner.start()
for diner in diners:
    diner.join()
    print(f"{diner.who} had {diner.meals} meals")

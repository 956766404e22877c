# A reusable barrier out of two turnstiles, as in the book of semaphores, built here of plain locks.
# expect: safe
import threading


class Barrier:
    def __init__(self, n):
        self.n = n
        self.count = 0
        self.mutex = threading.Lock()
        self.turnstile1 = threading.Lock()
        self.turnstile2 = threading.Lock()
        self.turnstile1.acquire()

    def phase1(self):
        with self.mutex:
            self.count += 1
            if self.count == self.n:
                self.turnstile2.acquire()
                self.turnstile1.release()
        self.turnstile1.acquire()
        self.turnstile1.release()

    def phase2(self):
        with self.mutex:
            self.count -= 1
            if self.count == 0:
                self.turnstile1.acquire()
                self.turnstile2.release()
        self.turnstile2.acquire()
        self.turnstile2.release()


barrier = Barrier(4)
steps = [0] * 4


def dancer(me):
    for round_number in range(3):
        barrier.phase1()
        steps[me] += 1
        barrier.phase2()
        assert steps[me] == round_number + 1


dancers = [threading.Thread(target=dancer, args=(i,), name=f"dancer {i}") for i in range(4)]
for d in dancers:
    d.start()
for d in dancers:
    d.join()
print("steps:", steps)

# Print zero, even, odd: 0102030405, three threads and three semaphores.
# expect: safe
import threading


class ZeroEvenOdd:
    def __init__(self, n):
        self.n = n
        self.zero_sem = threading.Semaphore(1)
        self.even_sem = threading.Semaphore(0)
        self.odd_sem = threading.Semaphore(0)
        self.out = ""

    def zero(self):
        for i in range(1, self.n + 1):
            self.zero_sem.acquire()
            self.out += "0"
            (self.odd_sem if i % 2 else self.even_sem).release()

    def even(self):
        for i in range(2, self.n + 1, 2):
            self.even_sem.acquire()
            self.out += str(i)
            self.zero_sem.release()

    def odd(self):
        for i in range(1, self.n + 1, 2):
            self.odd_sem.acquire()
            self.out += str(i)
            self.zero_sem.release()


puzzle = ZeroEvenOdd(7)
threads = [threading.Thread(target=f) for f in (puzzle.even, puzzle.odd, puzzle.zero)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(puzzle.out)

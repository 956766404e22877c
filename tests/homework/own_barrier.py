# A barrier made of a lock and a condition, used again in every phase.
# expect: safe
import threading


class MyBarrier:
    def __init__(self, parties):
        self.parties = parties
        self.arrived = 0
        self.generation = 0
        self.cond = threading.Condition()

    def wait(self):
        with self.cond:
            generation = self.generation
            self.arrived += 1
            if self.arrived == self.parties:
                self.arrived = 0
                self.generation += 1
                self.cond.notify_all()
            else:
                while generation == self.generation:
                    self.cond.wait()


barrier = MyBarrier(3)
grid = [[0] * 3 for _ in range(4)]


def worker(column):
    for phase in range(4):
        above = sum(grid[phase - 1]) if phase else 1
        grid[phase][column] = above + column
        barrier.wait()


threads = [threading.Thread(target=worker, args=(c,)) for c in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for row in grid:
    print(row)

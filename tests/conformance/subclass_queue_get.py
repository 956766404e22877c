# `get_nowait` goes through a `get` of one's own.
import queue


class Counting(queue.Queue):
    taken = 0

    def get(self, block=True, timeout=None):
        item = super().get(block, timeout)
        self.taken += 1
        return item * 2


line = Counting()
for number in range(3):
    line.put(number)
print(line.get(), line.get_nowait(), line.get(timeout=1), line.taken)
try:
    line.get_nowait()
except queue.Empty:
    print("empty", line.taken)

# Priority queues with an order of their own, by key and from the largest on.
import heapq
import queue


class Largest(queue.PriorityQueue):
    def _put(self, item):
        heapq.heappush(self.queue, -item)

    def _get(self):
        return -heapq.heappop(self.queue)


class ByLength(queue.PriorityQueue):
    def __init__(self):
        super().__init__()
        self.number = 0

    def put(self, item, block=True, timeout=None):
        self.number += 1
        super().put((len(item), self.number, item), block, timeout)

    def get(self, *arguments, **keywords):
        return super().get(*arguments, **keywords)[-1]


class Alternating(queue.Queue):
    turn = 0

    def _get(self):
        self.turn += 1
        return self.queue.pop() if self.turn % 2 else self.queue.popleft()

    def _qsize(self):
        return len(self.queue)


largest = Largest()
lengths = ByLength()
both_ends = Alternating()
for word in ("ccc", "a", "bb", "dd"):
    largest.put(len(word))
    lengths.put(word)
    both_ends.put(word)
print([largest.get() for _ in range(4)])
print([lengths.get() for _ in range(4)])
print([both_ends.get() for _ in range(4)])

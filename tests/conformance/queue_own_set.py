# A queue that keeps its items in a set.
import queue


class SetQueue(queue.Queue):
    def _init(self, maxsize):
        print("begins", maxsize)
        self.queue = set()

    def _put(self, item):
        self.queue.add(item)

    def _get(self):
        return self.queue.pop()


items = SetQueue(2)
items.put("a")
items.put("a")
print(items.qsize(), items.unfinished_tasks, items.full(), items.get(), items.empty())
items.put(1)
items.put(2)
try:
    items.put_nowait(3)
except queue.Full:
    print("full", items.qsize())
print(sorted(items.get() for _ in range(2)))
try:
    items.get(timeout=0.01)
except queue.Empty:
    print("empty")

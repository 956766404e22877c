# A queue that takes each item once, by way of the methods above.
import queue
import threading


class Unique(queue.Queue):
    def _init(self, maxsize):
        super()._init(maxsize)
        self.seen = set()

    def _put(self, item):
        if item not in self.seen:
            self.seen.add(item)
            super()._put(item)

    def _get(self):
        item = queue.Queue._get(self)
        self.seen.discard(item)
        return item


unique = Unique(maxsize=2)
for item in ("a", "a", "b"):
    unique.put(item)
print(unique.qsize(), unique.full(), sorted(unique.seen))


def consume():
    while (item := unique.get()) is not None:
        print("item", item)
        unique.task_done()


worker = threading.Thread(target=consume)
worker.start()
unique.put("c")
unique.put(None)
worker.join()
print(unique.empty(), sorted(unique.seen), unique.unfinished_tasks)

# Workers that share a queue of a class of one's own, which counts what goes through it.
import queue
import threading


class Counted(queue.Queue):
    def __init__(self):
        super().__init__()
        self.lock = threading.Lock()
        self.through = 0

    def get(self, *arguments, **keywords):
        item = super().get(*arguments, **keywords)
        with self.lock:
            self.through += 1
        return item


line = Counted()
results = []


def work():
    while (item := line.get()) is not None:
        results.append(item * item)
        line.task_done()


workers = [threading.Thread(target=work) for _ in range(3)]
for worker in workers:
    worker.start()
for number in range(10):
    line.put(number)
line.join()
for _ in workers:
    line.put(None)
for worker in workers:
    worker.join()
print(sorted(results), line.through, line.unfinished_tasks)

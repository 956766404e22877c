# Work stealing: each worker takes from the back of its own deque, and, when that is empty, from the front of another's.
# expect: safe
import threading
from collections import deque


class Worker(threading.Thread):
    crew = []

    def __init__(self, name, tasks):
        super().__init__(name=name)
        self.tasks = deque(tasks)
        self.lock = threading.Lock()
        self.done = []
        Worker.crew.append(self)

    def next_task(self):
        with self.lock:
            if self.tasks:
                return self.tasks.pop()
        for other in Worker.crew:
            if other is not self:
                with other.lock:
                    if other.tasks:
                        return other.tasks.popleft()
        return None

    def run(self):
        while (task := self.next_task()) is not None:
            self.done.append(task * task)


for name, tasks in {"busy": range(1, 11), "lazy": [], "some": [20, 30]}.items():
    Worker(name, tasks)
for worker in Worker.crew:
    worker.start()
for worker in Worker.crew:
    worker.join()
done = sorted(square for worker in Worker.crew for square in worker.done)
print(len(done), "tasks:", done)

# Looking into a queue of a class of one's own that defines nothing of its inside.
import queue
import threading


class Belt(queue.Queue):
    def peek(self):
        with self.mutex:
            return self.queue[0] if self.queue else None

    def snapshot(self):
        with self.mutex:
            return list(self.queue)

    def drop_all(self):
        with self.mutex:
            dropped = len(self.queue)
            self.queue.clear()
            self.unfinished_tasks = 0
            self.not_full.notify_all()
            self.all_tasks_done.notify_all()
            return dropped


belt = Belt(maxsize=2)
print(belt.peek())
belt.put("a")
belt.put("b")
print(belt.peek(), belt.snapshot(), belt.full())
late = threading.Thread(target=belt.put, args=("c",))
late.start()
print(belt.drop_all())
late.join()
print(belt.snapshot(), belt.get(), belt.empty())
belt.task_done()
belt.join()

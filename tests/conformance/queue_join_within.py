# A `join` with a limit, as one finds it in many places.
import queue
import threading
import time


class Limited(queue.Queue):
    def join_within(self, timeout):
        end = time.monotonic() + timeout
        with self.all_tasks_done:
            while self.unfinished_tasks:
                rest = end - time.monotonic()
                if rest <= 0:
                    return False
                self.all_tasks_done.wait(rest)
        return True


line = Limited()
line.put(1)
line.put(2)
print(line.join_within(0.05), line.unfinished_tasks)


def work():
    for _ in range(2):
        line.get()
        line.task_done()


worker = threading.Thread(target=work)
worker.start()
print(line.join_within(10), line.unfinished_tasks)
worker.join()

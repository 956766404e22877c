# A queue of a class of one's own: more methods, attributes, and methods that call those above.
import queue
import threading


class Belt(queue.Queue):
    def __init__(self, room):
        super().__init__(maxsize=room)
        self.loaded = 0

    def put(self, item, block=True, timeout=None):
        print("put", item, block, timeout)
        super().put(item, block, timeout)
        self.loaded += 1


belt = Belt(2)
belt.put("a")
belt.put_nowait("b")
print(belt.full(), belt.qsize(), belt.maxsize, belt.loaded, isinstance(belt, queue.Queue), type(belt).__name__)
try:
    belt.put("c", timeout=0.01)
except queue.Full as error:
    print("full", repr(error))


def unload():
    for _ in range(2):
        print("got", belt.get())
        belt.task_done()


worker = threading.Thread(target=unload)
worker.start()
belt.join()
worker.join()
print(belt.empty(), belt.unfinished_tasks)

# Queue: first in, first out; sizes, and attempts that do not wait.
import queue

q = queue.Queue(maxsize=2)
print(q.empty(), q.full(), q.qsize(), q.maxsize)
q.put("a")
q.put("b", block=False)
print(q.empty(), q.full(), q.qsize())
for attempt in (lambda: q.put("c", timeout=0.05), lambda: q.put_nowait("c"), lambda: q.put("c", False)):
    try:
        attempt()
    except queue.Full as error:
        print("Full", repr(str(error)))
print(q.get(), q.get_nowait())
for attempt in (lambda: q.get(timeout=0.05), lambda: q.get_nowait(), lambda: q.get(block=False), lambda: q.get(True, 0.01)):
    try:
        attempt()
    except queue.Empty as error:
        print("Empty", repr(str(error)))
try:
    q.get(timeout=-1)
except ValueError as error:
    print(error)
unlimited = queue.Queue()
for n in range(100):
    unlimited.put(n)
print(unlimited.qsize(), unlimited.full(), unlimited.get(), unlimited.maxsize, issubclass(queue.Full, Exception))

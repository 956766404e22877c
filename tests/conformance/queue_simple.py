# SimpleQueue: no limit, no task_done, no join.
import queue
import threading

pipe = queue.SimpleQueue()
print(pipe.empty(), pipe.qsize())
try:
    pipe.get(block=False)
except queue.Empty as empty:
    print(repr(empty))
try:
    pipe.get(timeout=0.01)
except queue.Empty:
    print("timed out")
for call in (lambda: pipe.get(timeout=-1), lambda: queue.SimpleQueue(3), lambda: pipe.get(True, -0.5)):
    try:
        call()
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

seen = []


def read():
    while (line := pipe.get()) is not None:
        seen.append(line)


reader = threading.Thread(target=read)
reader.start()
for line in ["one", "two", "three"]:
    pipe.put(line)
pipe.put("four", block=False)
pipe.put("five", True, 3)
pipe.put_nowait(None)
reader.join()
print(seen)
for name in ("full", "join", "task_done", "maxsize"):
    print(name, hasattr(pipe, name))
pipe.put(item=[1, 2])
print(pipe.get_nowait())
print(type(pipe), queue.SimpleQueue.__name__)

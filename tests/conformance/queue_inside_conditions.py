# Waiting by a queue's own conditions.
import queue
import threading

line = queue.Queue()
seen = []


def watch():
    with line.not_empty:
        started.set()
        while not line._qsize():
            line.not_empty.wait()
        seen.append(line.queue[0])


started = threading.Event()
watcher = threading.Thread(target=watch)
watcher.start()
started.wait()
line.put("news")
watcher.join()
print(seen, line.get())
with line.not_empty:
    print(line.not_empty.wait(0.01))
with line.not_full:
    print(line.not_full.wait(0.01))
try:
    line.not_empty.notify()
except RuntimeError as error:
    print(error)

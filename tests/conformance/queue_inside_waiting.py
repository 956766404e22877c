# Threads that wait for a queue when somebody looks inside of it still get what comes.
import queue
import threading
import time

line = queue.Queue()
got = []


def getter():
    got.append(line.get())


threads = [threading.Thread(target=getter) for _ in range(3)]
for thread in threads:
    thread.start()
time.sleep(0.05)
print(len(line.queue))
for number in range(3):
    line.put(number)
for thread in threads:
    thread.join()
print(sorted(got), line.unfinished_tasks)

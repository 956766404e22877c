# A queue's numbers may be assigned to.
import queue

line = queue.Queue()
line.put(1)
line.maxsize = 1
print(line.full(), line.maxsize)
try:
    line.put(2, block=False)
except queue.Full:
    print("full")
line.maxsize += 1
line.put(2)
print(line.qsize(), line.unfinished_tasks)
line.unfinished_tasks = 0
line.join()
print("joined")

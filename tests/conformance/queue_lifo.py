# A stack between threads: the newest item comes first, and all else is as with a Queue.
import queue
import threading

stack = queue.LifoQueue(maxsize=3)
for plate in ["blue", "green", "red"]:
    stack.put(plate)
print(stack.qsize(), stack.full(), stack.empty(), stack.maxsize)

try:
    stack.put_nowait("white")
except queue.Full as full:
    print("no room:", repr(full))
try:
    stack.put("white", timeout=0.01)
except queue.Full:
    print("still no room")

washed = []


def wash():
    while True:
        plate = stack.get()
        if plate is None:
            stack.task_done()
            return
        washed.append(plate)
        stack.task_done()


washer = threading.Thread(target=wash)
washer.start()
stack.join()
stack.put(None)
washer.join()
print(washed)

try:
    stack.get_nowait()
except queue.Empty as empty:
    print("nothing left:", repr(empty))
try:
    stack.task_done()
    stack.task_done()
except ValueError as error:
    print(error)
try:
    queue.LifoQueue(1, 2)
except TypeError as error:
    print(error)
print(isinstance(stack, queue.LifoQueue), type(stack).__name__)

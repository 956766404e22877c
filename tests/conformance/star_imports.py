# What `from … import *` binds: the public names, some of which hide builtins, and the last import wins.
from collections import *
from heapq import *
from queue import *
from threading import *
from time import *
from datetime import *

print([thread.name for thread in enumerate()])
print(deque([1, 2]), Counter("aab").most_common(1), defaultdict(int)["x"])
print(type(time).__name__, timedelta(minutes=3))

heap = []
for number in (3, 1, 2):
    heappush(heap, number)
print(heappop(heap), heap)

line = Queue()


def work():
    while True:
        try:
            print("got", line.get(timeout=0.05))
        except Empty:
            print("empty", current_thread().name)
            break


line.put(1)
worker = Thread(target=work, name="worker")
worker.start()
worker.join()
sleep(0)


def shadow():
    sleep = "mine"
    return sleep


print(shadow(), sleep.__name__)
try:
    currentThread
except NameError as error:
    print(error)

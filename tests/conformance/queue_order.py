# One producer, one consumer, a small queue: order is kept and nothing is lost.
import queue
import threading


def produce():
    for n in range(20):
        q.put(n)
    q.put(None)


def consume():
    while (item := q.get()) is not None:
        received.append(item)


q = queue.Queue(maxsize=2)
received = []
threads = [threading.Thread(target=produce), threading.Thread(target=consume)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(received)

import threading, queue

def consume(q):
    q.get()
    raise RuntimeError("disk full")

q = queue.Queue(2)
threading.Thread(target=consume, args=(q,), name="consumer").start()
for n in range(10):
    q.put(n)

# The only consumer has failed; the queue is full.
# says: RuntimeError: disk full. main waits for room in q (line 10)

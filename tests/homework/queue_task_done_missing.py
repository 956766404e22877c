# A worker that leaves out task_done for the orders it skips: main waits for ever in q.join, the worker in get.
# expect: stuck: main, worker
import queue
import threading

q = queue.Queue()


def worker():
    while True:
        n = q.get()
        if n < 0:
            print("skipped", n)
            continue  # task_done is forgotten here
        print("root of", n, "is", n**0.5)
        q.task_done()


threading.Thread(target=worker, name="worker").start()
for n in (4, 9, -1, 16):
    q.put(n)
q.join()
print("all done")

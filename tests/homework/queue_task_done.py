# Daemon workers and a queue with task_done: main joins the queue, not the threads, and the workers wait on.
# expect: safe
import threading
from queue import Queue

q = Queue()
results = {}
results_lock = threading.Lock()


def worker():
    while True:
        number = q.get()
        divisors = [d for d in range(1, number + 1) if number % d == 0]
        with results_lock:
            results[number] = divisors
        q.task_done()


for i in range(3):
    t = threading.Thread(target=worker)
    t.daemon = True
    t.start()
for number in (12, 17, 28, 36):
    q.put(number)
q.join()
for number in sorted(results):
    print(f"{number}: {results[number]}")

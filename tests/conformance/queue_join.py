# Queue: task_done, join, and a pool of workers that ends on sentinels.
import queue
import threading


def work():
    while True:
        item = tasks.get()
        if item is None:
            tasks.task_done()
            break
        with lock:
            results.append(item * item)
        tasks.task_done()


tasks = queue.Queue()
lock = threading.Lock()
results = []
workers = [threading.Thread(target=work) for _ in range(3)]
for worker in workers:
    worker.start()
for n in range(10):
    tasks.put(n)
tasks.join()
print(sorted(results))
for _ in workers:
    tasks.put(None)
for worker in workers:
    worker.join()
tasks.join()
print(tasks.qsize(), tasks.empty())
try:
    tasks.task_done()
except ValueError as error:
    print(error)

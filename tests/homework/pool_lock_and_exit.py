# main leaves the `with` of its pool while it holds the lock that the pool's task needs.
# expect: deadlock: main, pool_0
import threading
import time
from concurrent.futures import ThreadPoolExecutor

results_lock = threading.Lock()
results = []


def task(n):
    time.sleep(0.2)
    with results_lock:
        results.append(n * n)


with results_lock:
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="pool") as pool:
        pool.submit(task, 3)
        print("submitted")
    print(results)

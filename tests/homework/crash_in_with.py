# An exception inside a `with`: the thread dies, but the lock is released, and the others go on.
# expect: error: worker-0
import threading
import time

lock = threading.Lock()
shares = [0, 2, 5]


def worker(i):
    time.sleep(i * 0.1)
    with lock:
        print(f"worker {i} gets", 10 / shares[i])


threads = [threading.Thread(target=worker, args=(i,), name=f"worker-{i}") for i in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("lock is free:", lock.acquire(blocking=False))

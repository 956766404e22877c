# An exception between acquire and release: the lock stays taken, and everybody after it waits.
# expect: error: worker-0
# expect: stuck: worker-0, worker-1, worker-2
import threading
import time

lock = threading.Lock()
shares = [0, 2, 5]


def worker(i):
    time.sleep(i * 0.1)
    lock.acquire()
    print(f"worker {i} gets", 10 / shares[i])
    lock.release()


threads = [threading.Thread(target=worker, args=(i,), name=f"worker-{i}") for i in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()

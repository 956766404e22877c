# main waits for its own lock; a task in a pool sleeps, and another one, submitted by the first, releases it.
# expect: safe
import threading
import time
from concurrent.futures import ThreadPoolExecutor

ready = threading.Lock()
ready.acquire()
pool = ThreadPoolExecutor(2)


def heat():
    time.sleep(0.5)
    print("oven is hot")
    pool.submit(ready.release)


print("heating")
pool.submit(heat)
ready.acquire()
print("pizza goes in")
pool.shutdown()

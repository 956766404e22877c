# What programs read of a pool and of futures.
import threading
from concurrent.futures import ThreadPoolExecutor

go = threading.Event()
pool = ThreadPoolExecutor(max_workers=1)
first = pool.submit(go.wait)
others = [pool.submit(pow, 2, number) for number in range(3)]
while first._state != "RUNNING":
    pass
print(pool._max_workers, len(pool._threads), pool._work_queue.qsize(), pool._shutdown)
print(others[2]._state, others[2].cancel(), others[2]._state)
go.set()
pool.shutdown()
print(pool._shutdown, first._state, [future._state for future in others[:2]], pool._work_queue.qsize() <= 1)

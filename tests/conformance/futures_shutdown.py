"""A pool that is shut down finishes what it has, and takes no more."""
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor

begun = threading.Event()
gate = threading.Event()


def first():
    begun.set()
    gate.wait()
    return "first"


pool = ThreadPoolExecutor(max_workers=1)
running = pool.submit(first)
begun.wait()
later = [pool.submit(str, n) for n in range(3)]
pool.shutdown(wait=False)
for attempt in (lambda: pool.submit(print), lambda: pool.map(print, [1])):
    try:
        attempt()
    except RuntimeError as error:
        print(error)
print("running still:", running.running())
gate.set()
pool.shutdown()
print(running.result(), [future.result() for future in later])
pool.shutdown(wait=True)

begun.clear()
gate.clear()
pool = ThreadPoolExecutor(1)
running = pool.submit(first)
begun.wait()
dropped = [pool.submit(str, n) for n in range(3)]
dropped[0].add_done_callback(lambda future: print("callback, cancelled:", future.cancelled()))
pool.shutdown(wait=False, cancel_futures=True)
print([future.cancelled() for future in dropped], running.cancelled())
gate.set()
print(running.result())
try:
    dropped[0].result()
except CancelledError:
    print("dropped")

try:
    with ThreadPoolExecutor(1) as pool:
        kept = pool.submit(pow, 2, 10)
        raise KeyError("inside the block")
except KeyError as error:
    print(error, kept.result(), threading.active_count() <= 2)
try:
    pool.shutdown(True, True)
except TypeError as error:
    print(error)

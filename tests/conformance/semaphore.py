# Semaphore and BoundedSemaphore.
import threading

two = threading.Semaphore(2)
print(two.acquire(), two.acquire(blocking=True), two.acquire(blocking=False), two.acquire(timeout=0.05))
two.release()
with two:
    print("inside", two.acquire(blocking=False))
two.release()
two.release()
two.release(2)
print([two.acquire(blocking=False) for _ in range(6)])

bounded = threading.BoundedSemaphore()
bounded.acquire()
bounded.release()
for call in (bounded.release, lambda: threading.Semaphore(-1), lambda: two.release(0)):
    try:
        call()
    except ValueError as error:
        print(error)
try:
    two.acquire(blocking=False, timeout=1)
except ValueError as error:
    print(error)

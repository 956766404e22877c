# Lock: what misuse raises.
import threading

lock = threading.Lock()
try:
    lock.release()
except RuntimeError as error:
    print(error)
try:
    lock.acquire(blocking=False, timeout=1)
except ValueError as error:
    print(error)
try:
    lock.acquire(timeout=-2)
except ValueError:
    print("no negative timeout but -1")
print(lock.acquire(timeout=-1), lock.locked())

for kind in (threading.Lock, threading.RLock, threading.Condition):
    try:
        kind().acquire(timeout=-5)
    except ValueError as error:
        print(error)

# Lock: acquire, release, with, locked, and attempts that do not wait.
import threading

lock = threading.Lock()
print(lock.locked(), lock.acquire(), lock.locked())
print(lock.acquire(blocking=False), lock.acquire(False), lock.acquire(timeout=0.05), lock.acquire(True, 0.05))
print(lock.release(), lock.locked())
with lock:
    print("inside", lock.locked())
print(lock.locked())
try:
    with lock:
        raise ValueError("let go all the same")
except ValueError as error:
    print(error, lock.locked())
with lock as got:
    print(got)

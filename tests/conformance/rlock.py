# RLock: its owner takes it again; others wait; only the owner releases.
import threading

lock = threading.RLock()
print(lock.acquire(), lock.acquire(blocking=False))
with lock:
    print("three deep")
results = []


def other():
    results.append(lock.acquire(blocking=False))
    results.append(lock.acquire(timeout=0.05))
    try:
        lock.release()
    except RuntimeError as error:
        results.append(str(error))


def run_other():
    thread = threading.Thread(target=other)
    thread.start()
    thread.join()


run_other()
lock.release()
run_other()
lock.release()
print(results)
try:
    lock.release()
except RuntimeError as error:
    print(error)


def down(n):
    with lock:
        return n if n == 0 else down(n - 1) + 1


print(down(5))

# Condition: wait and notify need the lock.
import threading

condition = threading.Condition()
for call in (condition.wait, condition.notify, condition.notify_all):
    try:
        call()
    except RuntimeError as error:
        print(error)
try:
    condition.release()
except RuntimeError as error:
    print(error)
lock = threading.Lock()
shared = threading.Condition(lock)
with lock:
    shared.notify()
    print("the same lock", lock.locked(), shared.wait(0.01), lock.locked())

# A semaphore never lets in more than it has permits.
import threading
import time

gate = threading.BoundedSemaphore(3)
lock = threading.Lock()
inside = most = 0


def visit():
    global inside, most
    with gate:
        with lock:
            inside += 1
            most = max(most, inside)
        time.sleep(0.05)
        with lock:
            inside -= 1


threads = [threading.Thread(target=visit) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(most, inside)

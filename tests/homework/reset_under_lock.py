# One thread counts, another resets the count: both under the lock. Nothing is lost that was not meant to be.
# expect: safe
import threading
import time

lock = threading.Lock()
since_reset = 0
all_in_all = 0


def count():
    global since_reset, all_in_all
    for _ in range(10):
        with lock:
            since_reset += 1
            all_in_all += 1
        time.sleep(0.03)


def reset():
    global since_reset
    for _ in range(3):
        time.sleep(0.1)
        with lock:
            since_reset = 0


threads = [threading.Thread(target=count), threading.Thread(target=reset)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("all in all:", all_in_all, "fewer since the reset:", since_reset < all_in_all)

# The lock is let go of between the reading and the writing, so that it guards both and yet not the two together.
# expect: race: A, B
import threading
import time

lock = threading.Lock()
likes = 0


def like():
    global likes
    with lock:
        old = likes
    time.sleep(0.1)
    with lock:
        likes = old + 1


threads = [threading.Thread(target=like, name=name) for name in "AB"]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("likes:", likes)

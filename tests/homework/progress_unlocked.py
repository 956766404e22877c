# A monitor looks at a counter that a worker counts up, without a lock. It only looks, so nothing is lost.
# expect: unordered
import threading
import time

progress = 0


def work():
    global progress
    for _ in range(10):
        time.sleep(0.05)
        progress += 10


t = threading.Thread(target=work)
t.start()
seen = []
while t.is_alive():
    seen.append(progress)
    time.sleep(0.12)
t.join()
print("never went back:", seen == sorted(seen))
print("done:", progress, "%")

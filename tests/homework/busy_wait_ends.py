# A busy wait on a plain variable. It is poor style, but it ends.
# expect: unordered
import threading
import time

ready = False
data = None


def loader():
    global ready, data
    time.sleep(0.01)
    data = [1, 2, 3]
    ready = True


def user():
    while not ready:
        time.sleep(0.001)
    print("got", data)


threads = [threading.Thread(target=user), threading.Thread(target=loader)]
for t in threads:
    t.start()
for t in threads:
    t.join()

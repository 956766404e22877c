# The counter of every first lecture, done right.
# expect: safe
import threading

counter = 0
lock = threading.Lock()


def increment(n):
    global counter
    for _ in range(n):
        with lock:
            counter += 1


threads = []
for _ in range(5):
    t = threading.Thread(target=increment, args=(20,))
    threads.append(t)
    t.start()
for t in threads:
    t.join()
print("Final counter value: {}".format(counter))

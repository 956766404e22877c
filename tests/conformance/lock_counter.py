# Four threads, one counter, one lock: nothing is lost.
import threading

counter = 0
lock = threading.Lock()


def work():
    global counter
    for _ in range(200):
        with lock:
            value = counter
            counter = value + 1


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)

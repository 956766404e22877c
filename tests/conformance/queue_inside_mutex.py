# Who holds the mutex keeps all others out.
import queue
import threading
import time

line = queue.Queue()
order = []


def holder():
    with line.mutex:
        ready.set()
        time.sleep(0.1)
        order.append("let go")


def putter():
    ready.wait()
    line.put(1)
    order.append("put")


ready = threading.Event()
threads = [threading.Thread(target=holder), threading.Thread(target=putter)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(order, line.mutex.locked(), line.qsize())

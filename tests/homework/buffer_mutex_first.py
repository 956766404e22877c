# The bounded buffer with the two acquires swapped: the producer holds the mutex while it waits for a place.
# expect: deadlock or stuck: producer, consumer
import threading
import time

empty = threading.Semaphore(2)
full = threading.Semaphore(0)
mutex = threading.Lock()
buffer = []


def producer():
    for n in range(5):
        with mutex:
            empty.acquire()
            buffer.append(n)
            print("produced", n)
            full.release()


def consumer():
    for _ in range(5):
        time.sleep(0.5)
        full.acquire()
        with mutex:
            print("consumed", buffer.pop(0))
        empty.release()


p = threading.Thread(target=producer, name="producer")
c = threading.Thread(target=consumer, name="consumer")
p.start()
c.start()
p.join()
c.join()

# The bounded buffer of the textbooks: semaphores `empty` and `full`, and a mutex.
# expect: safe
from threading import Semaphore, Thread

BUFFER_SIZE = 3
empty = Semaphore(BUFFER_SIZE)
full = Semaphore(0)
mutex = Semaphore(1)
buffer = [0] * BUFFER_SIZE
in_index = 0
out_index = 0


def producer(items):
    global in_index
    for item in items:
        empty.acquire()
        mutex.acquire()
        buffer[in_index] = item
        in_index = (in_index + 1) % BUFFER_SIZE
        mutex.release()
        full.release()


def consumer(n):
    global out_index
    for _ in range(n):
        full.acquire()
        mutex.acquire()
        item = buffer[out_index]
        out_index = (out_index + 1) % BUFFER_SIZE
        mutex.release()
        empty.release()
        print("Consumed : %d" % item)


threads = [Thread(target=producer, args=([1, 2, 3, 4],)), Thread(target=producer, args=([5, 6, 7, 8],))]
threads += [Thread(target=consumer, args=(4,)) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()

# Producer and consumer with two plain locks and one place: as the one is released, the other is acquired.
# expect: safe
import threading

empty = threading.Lock()
full = threading.Lock()
full.acquire()
place = None


def producer():
    global place
    for i in range(1, 6):
        empty.acquire()
        place = i * i
        print("produced", place)
        full.release()


def consumer():
    total = 0
    for _ in range(5):
        full.acquire()
        total += place
        print("consumed", place)
        empty.release()
    print("total", total)


p = threading.Thread(target=producer, name="producer")
c = threading.Thread(target=consumer, name="consumer")
c.start()
p.start()
p.join()
c.join()

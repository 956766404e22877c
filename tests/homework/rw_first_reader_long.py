# Readers and writers: the first reader leaves early, so another one releases the lock, while a writer waits for it.
# expect: safe
import threading
import time


class Library:
    def __init__(self):
        self.reading = 0
        self.count_lock = threading.Lock()
        self.shelf = threading.Lock()

    def begin_reading(self):
        self.count_lock.acquire()
        self.reading += 1
        if self.reading == 1:
            self.shelf.acquire()
        self.count_lock.release()

    def end_reading(self):
        self.count_lock.acquire()
        self.reading -= 1
        if self.reading == 0:
            self.shelf.release()
        self.count_lock.release()


library = Library()


def read(name, start, length):
    time.sleep(start)
    library.begin_reading()
    print(name, "begins to read")
    time.sleep(length)
    library.end_reading()
    print(name, "has read enough")


def write(name):
    time.sleep(0.5)
    print(name, "wants to write")
    library.shelf.acquire()
    print(name, "writes")
    library.shelf.release()


threads = [
    threading.Thread(target=read, args=("early", 0, 1), name="early"),
    threading.Thread(target=read, args=("late", 0.2, 2), name="late"),
    threading.Thread(target=write, args=("writer",), name="writer"),
]
for t in threads:
    t.start()
for t in threads:
    t.join()

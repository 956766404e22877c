# A lock for readers that lets no new reader in while a writer waits. A reader that reads again inside waits for ever.
# expect: stuck: reader, writer
import threading
import time


class RWLock:
    def __init__(self):
        self.cond = threading.Condition()
        self.readers = 0
        self.writers_waiting = 0

    def read_lock(self):
        with self.cond:
            while self.writers_waiting:
                self.cond.wait()
            self.readers += 1

    def read_unlock(self):
        with self.cond:
            self.readers -= 1
            self.cond.notify_all()

    def write_lock(self):
        with self.cond:
            self.writers_waiting += 1
            while self.readers:
                self.cond.wait()


lock = RWLock()


def reader():
    lock.read_lock()
    print("reading page 1")
    time.sleep(0.4)
    lock.read_lock()  # once more, for page 2
    print("reading page 2")
    lock.read_unlock()
    lock.read_unlock()


def writer():
    time.sleep(0.2)
    lock.write_lock()
    print("writing")


r = threading.Thread(target=reader, name="reader")
w = threading.Thread(target=writer, name="writer")
r.start()
w.start()
r.join()
w.join()

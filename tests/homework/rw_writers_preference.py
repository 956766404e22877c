# Readers and writers where a writer who waits keeps new readers out.
# expect: safe
import threading


class RWLock:
    def __init__(self):
        self.cond = threading.Condition()
        self.readers = 0
        self.writing = False
        self.waiting_writers = 0

    def acquire_read(self):
        with self.cond:
            while self.writing or self.waiting_writers > 0:
                self.cond.wait()
            self.readers += 1

    def release_read(self):
        with self.cond:
            self.readers -= 1
            if self.readers == 0:
                self.cond.notify_all()

    def acquire_write(self):
        with self.cond:
            self.waiting_writers += 1
            while self.writing or self.readers > 0:
                self.cond.wait()
            self.waiting_writers -= 1
            self.writing = True

    def release_write(self):
        with self.cond:
            self.writing = False
            self.cond.notify_all()


rw = RWLock()
config = {"version": 0, "color": "red"}


def reader():
    rw.acquire_read()
    pair = (config["version"], config["color"])
    rw.release_read()
    print("consistent:", (pair[0] == 0) == (pair[1] == "red"))


def writer(color):
    rw.acquire_write()
    config["version"] += 1
    config["color"] = color
    rw.release_write()


threads = [threading.Thread(target=reader) for _ in range(4)]
threads += [threading.Thread(target=writer, args=(color,)) for color in ("green", "blue")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("version", config["version"])

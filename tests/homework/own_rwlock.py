# A lock for readers and writers with context managers, out of a plain lock that the last reader releases.
# expect: safe
import threading
from contextlib import contextmanager


class ReadWriteLock:
    def __init__(self):
        self._readers = 0
        self._readers_lock = threading.Lock()
        self._write_lock = threading.Lock()

    @contextmanager
    def reading(self):
        with self._readers_lock:
            self._readers += 1
            if self._readers == 1:
                self._write_lock.acquire()
        try:
            yield
        finally:
            with self._readers_lock:
                self._readers -= 1
                if self._readers == 0:
                    self._write_lock.release()

    @contextmanager
    def writing(self):
        with self._write_lock:
            yield


lock = ReadWriteLock()
phone_book = {}


def add(name, number):
    with lock.writing():
        phone_book[name] = number


def look_up(name):
    with lock.reading():
        found = phone_book.get(name)
    print(name, "is known or not:", found in (None, 112))


threads = [threading.Thread(target=add, args=(name, 112)) for name in ("fire", "police")]
threads += [threading.Thread(target=look_up, args=(name,)) for name in ("fire", "police", "pizza")]
for t in threads:
    t.start()
for t in threads:
    t.join()
with lock.reading():
    print(sorted(phone_book.items()))

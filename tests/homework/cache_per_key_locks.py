# A cache with a lock for each key: different keys are loaded side by side, the same key only once.
# expect: safe
import threading
import time
from collections import Counter, defaultdict


class Cache:
    def __init__(self, loader):
        self.loader = loader
        self.values = {}
        self.locks = defaultdict(threading.Lock)
        self.guard = threading.Lock()

    def get(self, key):
        with self.guard:
            key_lock = self.locks[key]
        with key_lock:
            with self.guard:
                if key in self.values:
                    return self.values[key]
            value = self.loader(key)
            with self.guard:
                self.values[key] = value
            return value


loads = Counter()
loads_lock = threading.Lock()


def slow_load(key):
    with loads_lock:
        loads[key] += 1
    time.sleep(0.1)
    return key * 2


cache = Cache(slow_load)
threads = [threading.Thread(target=lambda k=k: print(k, "->", cache.get(k))) for k in ("a", "b", "a", "c", "b", "a")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(loads.items()))

# A singleton with a lock and two checks: the first one without the lock is only there for speed.
# expect: unordered
import threading
import time


class Logger:
    _instance = None
    _lock = threading.Lock()
    created = 0

    @classmethod
    def instance(cls):
        if cls._instance is None:
            with cls._lock:
                if cls._instance is None:
                    time.sleep(0.05)
                    cls.created += 1
                    cls._instance = cls()
        return cls._instance


seen = []
seen_lock = threading.Lock()


def worker():
    logger = Logger.instance()
    with seen_lock:
        seen.append(logger)


first = threading.Thread(target=worker)
first.start()
time.sleep(0.01)
threads = [threading.Thread(target=worker) for _ in range(4)]
for t in threads:
    t.start()
time.sleep(0.5)
late = threading.Thread(target=worker)
late.start()
for t in [first, late] + threads:
    t.join()
print("created", Logger.created, "time")
print("all the same:", all(logger is seen[0] for logger in seen))

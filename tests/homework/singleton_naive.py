# A singleton without a lock: both threads find none, both make one. The constructor takes its time, so it is certain.
# expect: race: first, second
import threading
import time


made = []


class Config:
    instance = None

    def __init__(self):
        made.append(self)
        time.sleep(0.1)  # reads a file

    @classmethod
    def get(cls):
        if cls.instance is None:
            cls.instance = Config()
        return cls.instance


threads = [threading.Thread(target=Config.get, name=name) for name in ("first", "second")]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("made", len(made), "instances of a singleton")

# A rate limiter with a sliding window: three calls in any half second, the others are told to come back.
# expect: safe
import threading
import time
from collections import deque


class SlidingWindow:
    def __init__(self, limit, seconds):
        self.limit, self.seconds = limit, seconds
        self.calls = deque()
        self.lock = threading.Lock()

    def allow(self):
        with self.lock:
            now = time.monotonic()
            while self.calls and now - self.calls[0] > self.seconds:
                self.calls.popleft()
            if len(self.calls) < self.limit:
                self.calls.append(now)
                return True
            return False


window = SlidingWindow(3, 0.5)
allowed = []
allowed_lock = threading.Lock()


def client(name):
    for attempt in range(50):
        if window.allow():
            break
        time.sleep(0.1)
    with allowed_lock:
        allowed.append(time.monotonic())
    print(name, "was served")


threads = [threading.Thread(target=client, args=(f"client {i}",)) for i in range(8)]
for t in threads:
    t.start()
for t in threads:
    t.join()
gaps = [later - earlier for earlier, later in zip(allowed, allowed[3:])]
print("never more than three in half a second:", all(gap > 0.4 for gap in gaps))

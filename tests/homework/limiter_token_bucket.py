# A rate limiter: a bucket of two tokens, which is filled again by five a second. Late requests wait.
# expect: safe
import threading
import time


class TokenBucket:
    def __init__(self, rate, capacity):
        self.rate = rate
        self.capacity = capacity
        self.tokens = capacity
        self.updated = time.monotonic()
        self.lock = threading.Lock()

    def _refill(self):
        now = time.monotonic()
        self.tokens = min(self.capacity, self.tokens + (now - self.updated) * self.rate)
        self.updated = now

    def take(self):
        while True:
            with self.lock:
                self._refill()
                if self.tokens >= 1:
                    self.tokens -= 1
                    return
                missing = (1 - self.tokens) / self.rate
            time.sleep(missing)


bucket = TokenBucket(rate=5, capacity=2)


def request(number):
    bucket.take()
    print("request", number, "is through")


start = time.monotonic()
threads = [threading.Thread(target=request, args=(i,)) for i in range(7)]
for t in threads:
    t.start()
for t in threads:
    t.join()
took = time.monotonic() - start
print("took about a second:", 0.9 < took < 1.6)

# Submitted tasks with callbacks, one of which fails; the counters are guarded by a lock.
# expect: safe
from concurrent.futures import ThreadPoolExecutor
from threading import Lock


def parse(text):
    return int(text)


class Tally:
    def __init__(self):
        self.lock = Lock()
        self.ok = 0
        self.bad = 0

    def __call__(self, future):
        with self.lock:
            if future.exception() is None:
                self.ok += 1
            else:
                self.bad += 1


tally = Tally()
with ThreadPoolExecutor(max_workers=2) as pool:
    futures = {text: pool.submit(parse, text) for text in ("1", "22", "three", "4", "5.0")}
    for future in futures.values():
        future.add_done_callback(tally)
for text, future in futures.items():
    try:
        print(text, "->", future.result())
    except ValueError as e:
        print(text, "->", e)
print(f"{tally.ok} good, {tally.bad} bad")

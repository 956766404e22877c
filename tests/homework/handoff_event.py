# A result is written before an event is set, and read after it was waited for: no lock is needed.
# expect: safe
import threading
import time


class Download:
    def __init__(self, url):
        self.url = url
        self.done = threading.Event()
        self.body = None

    def run(self):
        time.sleep(0.1 * len(self.url))
        self.body = self.url[::-1]
        self.done.set()


downloads = [Download("abc"), Download("de")]
for d in downloads:
    threading.Thread(target=d.run).start()


def show(download):
    while not download.done.wait(timeout=0.05):
        pass
    print(download.url, "->", download.body)


viewers = [threading.Thread(target=show, args=(d,)) for d in downloads for _ in range(2)]
for v in viewers:
    v.start()
for v in viewers:
    v.join()

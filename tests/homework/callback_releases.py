# A download that takes a callback: what is called when it is done is the release of a lock that main waits for.
# expect: safe
import threading
import time
from functools import partial


def download(url, on_done):
    def work():
        time.sleep(len(url) / 10)
        on_done(url.upper())

    threading.Thread(target=work, name=f"download {url}").start()


class Collector:
    def __init__(self, expected):
        self.results = []
        self.expected = expected
        self.guard = threading.Lock()
        self.finished = threading.Lock()
        self.finished.acquire()

    def add(self, number, result):
        with self.guard:
            self.results.append((number, result))
            if len(self.results) == self.expected:
                self.finished.release()


urls = ["a.org", "long.example.org", "b.com"]
collector = Collector(len(urls))
for number, url in enumerate(urls):
    download(url, partial(collector.add, number))
collector.finished.acquire()
print(sorted(collector.results))

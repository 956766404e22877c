# A pipeline of three stages joined by queues; the end is passed on from stage to stage.
# expect: safe
import threading
from queue import Queue

END = "END"


class Stage(threading.Thread):
    def __init__(self, name, function, source, sink):
        super().__init__(name=name)
        self.function, self.source, self.sink = function, source, sink

    def run(self):
        for item in iter(self.source.get, END):
            self.sink.put(self.function(item))
        self.sink.put(END)


raw, words, counts, report = Queue(2), Queue(2), Queue(2), Queue()
stages = [
    Stage("clean", lambda s: s.strip().lower(), raw, words),
    Stage("count", lambda s: (s, len(s.split())), words, counts),
    Stage("format", lambda pair: "%-18s %d" % pair, counts, report),
]
for stage in stages:
    stage.start()
for text in ["  The Lane ", "a Lock and a Key", "RADDLE"]:
    raw.put(text)
raw.put(END)
for stage in stages:
    stage.join()
for row in iter(report.get, END):
    print(row)

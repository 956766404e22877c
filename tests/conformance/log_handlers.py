# `logging.handlers`: files that go round, records that wait, and records that go through a queue
import logging
import logging.handlers
import os
import queue
import tempfile
import threading

folder = tempfile.mkdtemp()
path = os.path.join(folder, "app.log")
rotating = logging.handlers.RotatingFileHandler(path, maxBytes=120, backupCount=2)
rotating.setFormatter(logging.Formatter("%(levelname)s:%(message)s"))
logger = logging.getLogger("rounds")
logger.setLevel(logging.DEBUG)
logger.propagate = False
logger.addHandler(rotating)
for number in range(30):
    logger.info("line %02d", number)
rotating.close()
print(sorted(os.listdir(folder)))
for name in sorted(os.listdir(folder)):
    with open(os.path.join(folder, name)) as file:
        print(name, [line.split()[-1] for line in file])


class Kept(logging.Handler):
    def __init__(self):
        super().__init__()
        self.messages = []

    def emit(self, record):
        self.messages.append(f"{record.threadName}:{record.getMessage()}")


kept = Kept()
waiting = logging.handlers.MemoryHandler(3, flushLevel=logging.ERROR, target=kept)
second = logging.getLogger("waits")
second.propagate = False
second.addHandler(waiting)
second.warning("one")
second.warning("two")
print(kept.messages, len(waiting.buffer))
second.error("three")
print(kept.messages)
second.warning("four")
waiting.close()
print(kept.messages[-1])

lines = queue.Queue()
through = logging.getLogger("through")
through.setLevel(logging.INFO)
through.propagate = False
through.addHandler(logging.handlers.QueueHandler(lines))
kept = Kept()
kept.setLevel(logging.WARNING)
listener = logging.handlers.QueueListener(lines, kept, respect_handler_level=True)
listener.start()


def work(number):
    through.info("hidden %d", number)
    through.warning("shown %d", number)


threads = [threading.Thread(target=work, args=(number,), name=f"w{number}") for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
listener.stop()
print(sorted(kept.messages))

# The consumer trips over a bad item; the producer fills the queue, and then waits for ever.
# expect: error: consumer
# expect: stuck: producer
import threading
from queue import Queue

line = Queue(2)


def produce():
    for item in ["1", "2", "x", "4", "5", "6", "7"]:
        line.put(item)
    print("everything is produced")


def consume():
    total = 0
    while True:
        total += int(line.get())
        print("total", total)


c = threading.Thread(target=consume, name="consumer")
p = threading.Thread(target=produce, name="producer")
c.start()
p.start()
p.join()

"""A queue with a bound: full, empty, and their exceptions."""
import queue
from multiprocessing import Process, Queue


def drain(items, count):
    for _ in range(count):
        print("got", items.get(timeout=10))


if __name__ == "__main__":
    items = Queue(2)
    items.put("a")
    items.put("b", timeout=1)
    for put in (lambda: items.put("c", block=False), lambda: items.put("c", timeout=0.01), lambda: items.put_nowait("c")):
        try:
            put()
        except queue.Full as error:
            print("full", type(error).__name__, error.args)
    print(items.full(), items.qsize())
    process = Process(target=drain, args=(items, 2))
    process.start()
    process.join()
    for get in (lambda: items.get(block=False), lambda: items.get(timeout=0.01), items.get_nowait):
        try:
            get()
        except queue.Empty as error:
            print("empty", type(error).__name__, error.args)
    print(items.empty(), items.full(), items.qsize())

# The trap of `_stop`: a thread's own attribute hides what CPython calls when the thread is over.
import threading


class Worker(threading.Thread):
    def __init__(self):
        super().__init__()
        self._stop = threading.Event()

    def run(self):
        self._stop.wait()
        print("stopped")


worker = Worker()
print(worker.is_alive())
worker.start()
print(worker.is_alive())
worker._stop.set()
try:
    worker.join()
except TypeError as error:
    print(error)
try:
    worker.is_alive()
except TypeError as error:
    print(error)

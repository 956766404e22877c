# A worker that is stopped by a plain variable, as in most first programs.
# expect: unordered
import threading
import time


class Worker(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.running = True

    def run(self):
        while self.running:
            time.sleep(0.1)
        print("worker: stopped")

    def stop(self):
        self.running = False


worker = Worker()
worker.start()
time.sleep(0.55)
print("alive:", worker.is_alive())
worker.stop()
worker.join()
print("alive:", worker.is_alive())

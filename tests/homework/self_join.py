# A thread that joins itself: Python refuses that with an error.
# expect: error: worker
import threading


class Worker(threading.Thread):
    def stop(self):
        print("stopping")
        self.join()
        print("stopped")

    def run(self):
        print("working")
        self.stop()


w = Worker(name="worker")
w.start()
w.join()
print("main goes on")

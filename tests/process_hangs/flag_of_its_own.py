# A worker class keeps its own stop flag: each process changes its own copy.
import time
from multiprocessing import Process

class Worker(Process):
    def __init__(self):
        super().__init__()
        self.stopped = False
    def run(self):
        while not self.stopped:
            time.sleep(0.1)
    def stop(self):
        self.stopped = True

if __name__ == "__main__":
    w = Worker()
    w.start()
    w.stop()
    w.join()
    print("stopped")
# says: Worker-1 looks at self.stopped again and again (line 11), and no thread is left that could change it. Worker-1 has a memory of its own, which no other process changes: use an Event or a Value of multiprocessing.

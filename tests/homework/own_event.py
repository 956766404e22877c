# An event made of a plain lock: it is closed while the lock is taken, and who comes through leaves it open.
# expect: safe
import threading
import time


class Gate:
    def __init__(self):
        self._lock = threading.Lock()
        self._lock.acquire()

    def open(self):
        self._lock.release()

    def wait(self):
        self._lock.acquire()
        self._lock.release()


class Race:
    def __init__(self, names):
        self.gate = Gate()
        self.runners = [threading.Thread(target=self.run, args=(name,), name=name) for name in names]

    def run(self, name):
        self.gate.wait()
        print(f"{name} runs")

    def start(self):
        for runner in self.runners:
            runner.start()
        time.sleep(0.5)
        print("bang!")
        self.gate.open()
        for runner in self.runners:
            runner.join()


Race(["Achilles", "Tortoise", "Hare"]).start()

# A relay race: the baton is a lock that each runner gets taken from the one before, and releases at the next hand-over.
# expect: safe
import threading
import time


class Runner(threading.Thread):
    def __init__(self, name, wait_for, then):
        super().__init__(name=name)
        self.wait_for = wait_for
        self.then = then

    def run(self):
        self.wait_for.acquire()
        print(f"{self.name} runs")
        time.sleep(0.3)
        print(f"{self.name} hands over")
        self.then.release()


def new_baton():
    baton = threading.Lock()
    baton.acquire()
    return baton


batons = [new_baton() for _ in range(5)]
team = [Runner(name, batons[i], batons[i + 1]) for i, name in enumerate(["Ada", "Bob", "Cyd", "Dan"])]
for runner in team:
    runner.start()
print("on your marks")
batons[0].release()
batons[-1].acquire()
print("finish")
for runner in team:
    runner.join()

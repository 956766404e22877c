# A scheduler with a heap of jobs and a condition with a timeout: jobs run at their time, whatever order they came in.
# expect: safe
import heapq
import threading
import time


class Scheduler(threading.Thread):
    def __init__(self):
        super().__init__(name="scheduler")
        self.cond = threading.Condition()
        self.jobs = []
        self.stopped = False
        self.begin = time.monotonic()

    def at(self, seconds, what):
        with self.cond:
            heapq.heappush(self.jobs, (self.begin + seconds, what))
            self.cond.notify()

    def stop(self):
        with self.cond:
            self.stopped = True
            self.cond.notify()

    def run(self):
        with self.cond:
            while self.jobs or not self.stopped:
                if not self.jobs:
                    self.cond.wait()
                    continue
                when, what = self.jobs[0]
                remaining = when - time.monotonic()
                if remaining > 0:
                    self.cond.wait(remaining)
                else:
                    heapq.heappop(self.jobs)
                    ran.append(what)


ran = []
scheduler = Scheduler()
scheduler.start()
for seconds, what in [(1.5, "lunch"), (0.5, "mail"), (1.0, "meeting"), (2.0, "nap")]:
    scheduler.at(seconds, what)
scheduler.stop()
scheduler.join()
print(" > ".join(ran))

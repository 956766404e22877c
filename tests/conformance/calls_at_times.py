import sched
import threading
import time

s = sched.scheduler(time.monotonic, time.sleep)
told = []
s.enter(0.03, 1, told.append, argument=("third",))
s.enter(0.01, 2, told.append, argument=("first",))
second = s.enter(0.02, 1, lambda *, name: told.append(name), kwargs={"name": "second"})
gone = s.enter(0.02, 1, told.append, argument=("never",))
s.cancel(gone)
print(s.empty(), len(s.queue), s.queue[0].argument, second.priority)
s.run()
print(told, s.empty())
start = 100
s = sched.scheduler(lambda: start, lambda delay: print("delay", delay))
s.enterabs(100, 2, print, ("b",))
s.enterabs(100, 1, print, ("a",))
s.enterabs(105, 1, print, ("late",))
print(s.run(blocking=False))
s = sched.scheduler()
thread = threading.Thread(target=s.run)
s.enter(0.01, 1, print, ("in a thread",))
thread.start()
thread.join()
try:
    s.cancel(second)
except ValueError as error:
    print(type(error).__name__)

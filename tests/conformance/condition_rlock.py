# A Condition's own lock is an RLock: wait gives up all of it, and takes all of it back.
import threading

condition = threading.Condition()
seen = []


def other():
    with condition:
        seen.append("other got in")
        condition.notify()


thread = threading.Thread(target=other)
with condition:
    with condition:
        thread.start()
        print(condition.wait())
        print(seen)
    condition.notify()
thread.join()
try:
    condition.notify()
except RuntimeError as error:
    print(error)

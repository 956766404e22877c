# Condition: wait gives the lock up, notify wakes; the return values of wait.
import threading

condition = threading.Condition()
box = []


def taker():
    with condition:
        arrived.set()
        while not box:
            print("woken:", condition.wait())
        print("took", box.pop())


with condition:
    print("no notify:", condition.wait(timeout=0.1))
arrived = threading.Event()
thread = threading.Thread(target=taker)
thread.start()
arrived.wait()  # the lock is free again only when taker waits
with condition:
    box.append("parcel")
    condition.notify()
thread.join()
print(condition.acquire(), condition.release())
with condition:
    print(condition.wait(0.01), condition.wait(timeout=0))

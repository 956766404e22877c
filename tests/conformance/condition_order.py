# notify wakes those who have waited longest; notify_all wakes everyone.
import threading

condition = threading.Condition()
waiting = []
woken = []


def wait_turn(n):
    with condition:
        waiting.append(n)
        arrived.set()
        condition.wait()
        woken.append(n)
        left.release()


left = threading.Semaphore(0)
arrived = threading.Event()
threads = []
for n in range(5):
    arrived.clear()
    thread = threading.Thread(target=wait_turn, args=(n,))
    threads.append(thread)
    thread.start()
    arrived.wait()

with condition:
    condition.notify()
left.acquire()
with condition:
    condition.notify()
left.acquire()
print(waiting, woken)
with condition:
    condition.notify(2)
left.acquire()
left.acquire()
print(sorted(woken))
with condition:
    condition.notify_all()
for thread in threads:
    thread.join()
print(sorted(woken))

# Event: set, clear, wait and what it returns.
import threading

event = threading.Event()
print(event.is_set(), event.wait(timeout=0.05), event.wait(0))
seen = []


def wait():
    seen.append(event.wait())


threads = [threading.Thread(target=wait) for _ in range(3)]
for thread in threads:
    thread.start()
print(seen)
event.set()
for thread in threads:
    thread.join()
print(seen, event.is_set(), event.wait(), event.wait(timeout=5))
event.clear()
print(event.is_set(), event.wait(0.01))
event.set()
event.set()
print(event.is_set())

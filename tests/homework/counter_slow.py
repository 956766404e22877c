# The counter of every first lecture, done wrong, with a pause between the reading and the writing.
# expect: race: T1, T2, T3
import threading
import time

counter = {"value": 0}


def increment():
    current = counter["value"]
    time.sleep(0.1)
    counter["value"] = current + 1


threads = [threading.Thread(target=increment, name=f"T{i}") for i in (1, 2, 3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("Final counter value:", counter["value"])

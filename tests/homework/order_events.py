# Breakfast in order: the toast waits for the bread, the plate for toast and egg. One event for each thing.
# expect: safe
import threading
import time

events = {thing: threading.Event() for thing in ("bread", "toast", "egg")}
steps = []
steps_lock = threading.Lock()


def step(what, needs, makes, seconds):
    for need in needs:
        events[need].wait()
    time.sleep(seconds)
    with steps_lock:
        steps.append(what)
    if makes:
        events[makes].set()


plan = [
    ("serve", ["toast", "egg"], None, 0),
    ("make toast", ["bread"], "toast", 0.3),
    ("buy bread", [], "bread", 0.5),
    ("boil egg", [], "egg", 0.2),
]
cooks = [threading.Thread(target=step, args=entry, name=entry[0]) for entry in plan]
for cook in cooks:
    cook.start()
for cook in cooks:
    cook.join()
for number, what in enumerate(steps, start=1):
    print(f"{number}. {what}")

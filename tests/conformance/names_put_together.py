"""Members of modules are found by names that stand nowhere in the text."""
import queue
import threading

for start in ("Barr", "Time", "Nobod"):
    print(start, hasattr(threading, start + {"Barr": "ier", "Time": "r", "Nobod": "y"}[start]))
print(getattr(queue, "Lifo" + "Queue")().empty())
print({"LifoQueue"[:4] + "Queue", "Empty"} <= set(dir(queue)))

# A cache without a lock: both look the page up, find nothing, and load it. The second load overwrites the first.
# expect: race: tab-1, tab-2
import threading
import time

cache = {}
loads = []


def load(page):
    time.sleep(0.2)
    loads.append(page)
    return f"content of {page}"


def get(page):
    if page not in cache:
        cache[page] = load(page)
    return cache[page]


tabs = [threading.Thread(target=get, args=("index",), name=f"tab-{i}") for i in (1, 2)]
for tab in tabs:
    tab.start()
for tab in tabs:
    tab.join()
print("loaded", len(loads), "times")
print(cache)

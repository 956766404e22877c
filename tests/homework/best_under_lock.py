# The best of many guesses: looked at and replaced under a lock.
# expect: safe
import random
import threading

best = None
lock = threading.Lock()


def distance(route):
    cities = {"A": 0, "B": 7, "C": 3, "D": 12, "E": 5}
    return sum(abs(cities[a] - cities[b]) for a, b in zip(route, route[1:]))


def search(seed):
    global best
    rng = random.Random(seed)
    route = list("ABCDE")
    for _ in range(15):
        rng.shuffle(route)
        length = distance(route)
        with lock:
            if best is None or (length, route) < best:
                best = (length, route[:])


searchers = [threading.Thread(target=search, args=(seed,)) for seed in (1, 2, 3)]
for s in searchers:
    s.start()
for s in searchers:
    s.join()
print("shortest:", best[0], "".join(best[1]))

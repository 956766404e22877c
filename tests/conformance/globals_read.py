# `globals()` finds functions and values by name, also from threads.
import threading

LIMIT = 3
NAMES = ["double", "square"]


def double(value):
    return 2 * value


def square(value):
    return value * value


def shown():
    return sorted(name for name in globals() if name.isupper())


print(shown(), globals()["LIMIT"], "nothing" in globals(), globals().get("nothing", "none"))
print([globals()[name](4) for name in NAMES])
print(globals()["__name__"], "LIMIT" in vars(), locals()["LIMIT"], "double" in dir())

results = []


def worker(name):
    results.append((name, globals()[name](len(name))))


threads = [threading.Thread(target=worker, args=(name,)) for name in NAMES]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(results))
late = 5
print(globals()["late"], {**globals()}["late"])

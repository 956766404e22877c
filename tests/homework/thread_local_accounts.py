# threading.local: every thread has a log of its own under the same name.
# expect: safe
import threading

data = threading.local()
data.lines = ["main began"]


def log(line):
    if not hasattr(data, "lines"):
        data.lines = []
    data.lines.append(line)


def worker(name, count):
    for i in range(count):
        log(f"{name} {i}")
    print(name, "wrote", len(data.lines), "lines, the last:", data.lines[-1])


threads = [threading.Thread(target=worker, args=(n, c)) for n, c in [("red", 3), ("green", 1), ("blue", 5)]]
for t in threads:
    t.start()
for t in threads:
    t.join()
log("main ends")
print(data.lines)

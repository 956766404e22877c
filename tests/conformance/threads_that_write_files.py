import os
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

folder = tempfile.mkdtemp()


def write(number):
    path = os.path.join(folder, f"part{number}.txt")
    with open(path, "w") as f:
        for line in range(number):
            f.write(f"{number}:{line}\n")
    return path


def count(path):
    with open(path) as f:
        return sum(1 for _ in f)


with ThreadPoolExecutor(max_workers=3) as pool:
    paths = list(pool.map(write, range(5)))
    print(list(pool.map(count, paths)))

lock = threading.Lock()
shared = open(os.path.join(folder, "all.txt"), "w")


def append(name):
    for n in range(4):
        with lock:
            print(name, n, file=shared)


threads = [threading.Thread(target=append, args=(name,)) for name in ("x", "y", "z")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
shared.close()
with open(shared.name) as f:
    lines = f.read().split("\n")
print(len(lines), sorted(lines)[:5], lines[-1] == "")
for name in sorted(os.listdir(folder)):
    os.remove(os.path.join(folder, name))
os.rmdir(folder)
print(os.path.exists(folder))

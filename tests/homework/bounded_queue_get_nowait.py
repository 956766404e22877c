# Workers that empty a queue with get_nowait until it is empty, and count in local variables.
# expect: safe
import queue
import threading

tasks = queue.Queue()
for n in range(12):
    tasks.put(n)
done = queue.Queue()


def worker():
    count = 0
    while True:
        try:
            n = tasks.get_nowait()
        except queue.Empty:
            break
        count += 1
        done.put((n, n**3))
    done.put(("count", count))


pool = [threading.Thread(target=worker) for _ in range(3)]
for t in pool:
    t.start()
for t in pool:
    t.join()
total, cubes = 0, {}
while not done.empty():
    key, value = done.get()
    if key == "count":
        total += value
    else:
        cubes[key] = value
print(total, "tasks", [cubes[n] for n in sorted(cubes)])

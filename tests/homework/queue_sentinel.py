# Several producers, several consumers, one queue with a limit; one sentinel for each consumer ends them.
# expect: safe
import queue
import threading
import time

SENTINEL = object()
orders = queue.Queue(maxsize=3)
done = queue.Queue()


def waiter(name, dishes):
    for dish in dishes:
        time.sleep(0.05)
        orders.put(f"{dish} for {name}")


def cook():
    while True:
        order = orders.get()
        if order is SENTINEL:
            break
        time.sleep(0.1)
        done.put(order)


cooks = [threading.Thread(target=cook, name=f"cook-{i}") for i in range(2)]
waiters = [
    threading.Thread(target=waiter, args=("table 1", ["soup", "steak", "cake"])),
    threading.Thread(target=waiter, args=("table 2", ["salad", "fish"])),
]
for t in cooks + waiters:
    t.start()
for t in waiters:
    t.join()
for _ in cooks:
    orders.put(SENTINEL)
for t in cooks:
    t.join()
while not done.empty():
    print(done.get())

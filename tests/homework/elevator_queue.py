# An elevator with a queue of calls. Each call brings an event of its own, which the elevator sets at the floor.
# expect: safe
import queue
import threading
import time

calls = queue.Queue()
floors_travelled = 0


def elevator():
    global floors_travelled
    floor = 0
    while (call := calls.get()) is not None:
        target, arrived = call
        floors_travelled += abs(target - floor)
        time.sleep(0.1 * abs(target - floor))
        floor = target
        arrived.set()


def passenger(name, start, goal):
    for floor in (start, goal):
        arrived = threading.Event()
        calls.put((floor, arrived))
        arrived.wait()
    print(f"{name}: from {start} to {goal}")


lift = threading.Thread(target=elevator)
lift.start()
people = [threading.Thread(target=passenger, args=args) for args in [("Ira", 0, 4), ("Ben", 2, 0), ("Lea", 5, 1)]]
for p in people:
    p.start()
for p in people:
    p.join()
calls.put(None)
lift.join()
print("it moved:", floors_travelled > 0)

# One object travels through queues and is changed by each thread that has it: never two at once, and without a lock.
# expect: safe
import queue
import threading


class Parcel:
    def __init__(self, content):
        self.content = content
        self.stamps = []
        self.weight = 0


def station(name, inbox, outbox, weight):
    while True:
        parcel = inbox.get()
        if parcel is None:
            outbox.put(None)
            return
        parcel.stamps.append(name)
        parcel.weight += weight
        outbox.put(parcel)


belts = [queue.Queue() for _ in range(4)]
stations = []
for i, (name, weight) in enumerate([("Oslo", 1), ("Kiel", 2), ("Bonn", 4)]):
    stations.append(threading.Thread(target=station, args=(name, belts[i], belts[i + 1], weight)))
for s in stations:
    s.start()
for content in ("book", "vase", "coat"):
    belts[0].put(Parcel(content))
belts[0].put(None)
while (parcel := belts[-1].get()) is not None:
    print(parcel.content, "via", "-".join(parcel.stamps), parcel.weight, "kg")
for s in stations:
    s.join()

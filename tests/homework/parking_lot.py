# A parking lot with three places: a semaphore counts them, a lock guards the list of who stands where.
# expect: safe
import random
import threading
import time

random.seed(5)


class ParkingLot:
    def __init__(self, places):
        self.places = threading.BoundedSemaphore(places)
        self.free = list(range(places))
        self.lock = threading.Lock()
        self.parked = 0

    def __enter__(self):
        self.places.acquire()
        with self.lock:
            self.parked += 1
            return self.free.pop()

    def __exit__(self, kind, value, traceback):
        pass

    def leave(self, place):
        with self.lock:
            self.free.append(place)
        self.places.release()


lot = ParkingLot(3)


def car(plate, seconds):
    with lot as place:
        assert 0 <= place < 3
        time.sleep(seconds)
        lot.leave(place)
    print(f"car {plate} leaves")


cars = [threading.Thread(target=car, args=(f"{i:03}", random.random())) for i in range(8)]
for c in cars:
    c.start()
for c in cars:
    c.join()
print("parked:", lot.parked, "free:", sorted(lot.free))

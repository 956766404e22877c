# A one-lane bridge with a plain lock: the first car of a direction takes it, the last one, another car, gives it back.
# expect: safe
import threading
import time

bridge = threading.Lock()


class Direction:
    def __init__(self, name):
        self.name = name
        self.count = 0
        self.mutex = threading.Lock()

    def arrive(self):
        with self.mutex:
            self.count += 1
            if self.count == 1:
                bridge.acquire()

    def depart(self):
        with self.mutex:
            self.count -= 1
            if self.count == 0:
                bridge.release()


def drive(direction, name, crossing):
    direction.arrive()
    time.sleep(crossing)
    direction.depart()
    print(name, "went", direction.name)


if __name__ == "__main__":
    west, east = Direction("west"), Direction("east")
    traffic = [(west, "bus", 0.1), (east, "truck", 0.4), (west, "taxi", 0.3), (east, "bike", 0.6), (west, "van", 0.2)]
    threads = [threading.Thread(target=drive, args=entry, name=entry[1]) for entry in traffic]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print("bridge free:", not bridge.locked())

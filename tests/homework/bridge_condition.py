# A one-lane bridge: any number of cars in one direction, none in the other. A condition keeps the directions apart.
# expect: safe
import threading
import time


class Bridge:
    def __init__(self):
        self.condition = threading.Condition()
        self.cars = 0
        self.direction = None

    def enter(self, direction):
        with self.condition:
            while self.cars > 0 and self.direction != direction:
                self.condition.wait()
            if self.cars == 0:
                self.direction = direction
            self.cars += 1

    def leave(self):
        with self.condition:
            self.cars -= 1
            if self.cars == 0:
                self.condition.notify_all()


def car(bridge, plate, direction):
    bridge.enter(direction)
    assert bridge.direction == direction, "crash!"
    time.sleep(0.05)
    bridge.leave()
    print(f"{plate} has crossed to the {direction}")


bridge = Bridge()
cars = []
for i in range(8):
    direction = "north" if i % 2 else "south"
    cars.append(threading.Thread(target=car, args=(bridge, f"34-AB-{i}", direction)))
for c in cars:
    c.start()
for c in cars:
    c.join()
print("cars on the bridge:", bridge.cars)

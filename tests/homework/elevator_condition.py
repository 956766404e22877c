# An elevator that serves one call after the other; passengers wait until it is at their floor.
# expect: safe
import threading


class Elevator:
    def __init__(self):
        self.cond = threading.Condition()
        self.floor = 0
        self.calls = []
        self.running = True
        self.rides = 0

    def call(self, name, floor):
        with self.cond:
            self.calls.append((name, floor))
            self.cond.notify_all()
            self.cond.wait_for(lambda: (name, floor) not in self.calls)
        print(f"{name} gets out on floor {floor}")

    def run(self):
        with self.cond:
            while True:
                self.cond.wait_for(lambda: self.calls or not self.running)
                if not self.calls:
                    return
                name, floor = min(self.calls, key=lambda call: (abs(call[1] - self.floor), call[0]))
                self.floor = floor
                self.calls.remove((name, floor))
                self.rides += 1
                self.cond.notify_all()

    def stop(self):
        with self.cond:
            self.running = False
            self.cond.notify_all()


elevator = Elevator()
motor = threading.Thread(target=elevator.run, name="motor")
motor.start()
guests = {"Mina": 3, "Noah": 1, "Olga": 7, "Pere": 3}
people = [threading.Thread(target=elevator.call, args=item, name=item[0]) for item in guests.items()]
for p in people:
    p.start()
for p in people:
    p.join()
elevator.stop()
motor.join()
print("rides:", elevator.rides)

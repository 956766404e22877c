# The value goes through a getter and a setter and a function in between; it is a lost update all the same.
# expect: race: Mon, Tue
import threading
import time


class Thermostat:
    def __init__(self):
        self._degrees = 18

    def get(self):
        return self._degrees

    def set(self, degrees):
        self._degrees = degrees


def warmer(degrees):
    time.sleep(0.1)
    return degrees + 2


thermostat = Thermostat()


def heat_up():
    thermostat.set(warmer(thermostat.get()))


days = [threading.Thread(target=heat_up, name=name) for name in ("Mon", "Tue")]
for day in days:
    day.start()
for day in days:
    day.join()
print("degrees:", thermostat.get(), "instead of 22")

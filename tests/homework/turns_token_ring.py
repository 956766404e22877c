# Five stations in a ring. A station may talk when it holds the token, a semaphore of its own.
# expect: safe
import threading

STATIONS, LAPS = 5, 3


class Ring:
    def __init__(self, size):
        self.tokens = [threading.Semaphore(0) for _ in range(size)]
        self.log = []

    def start(self):
        self.tokens[0].release()

    def talk(self, number):
        for lap in range(LAPS):
            with_token = self.tokens[number]
            with_token.acquire()
            self.log.append((lap, number))
            self.tokens[(number + 1) % len(self.tokens)].release()


ring = Ring(STATIONS)
stations = [threading.Thread(target=ring.talk, args=(i,)) for i in range(STATIONS)]
for station in stations:
    station.start()
ring.start()
for station in stations:
    station.join()
print("in order:", ring.log == sorted(ring.log))
print("messages:", len(ring.log))

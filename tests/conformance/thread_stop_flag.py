# Likewise with a flag, and with a method.
import threading


class Flagged(threading.Thread):
    def run(self):
        self._stop = True


class Own(threading.Thread):
    def run(self):
        print("runs")

    def _stop(self):
        print("asked to stop")


flagged = Flagged()
flagged.start()
try:
    flagged.join()
except TypeError as error:
    print(error)
own = Own()
own.start()
own.join()


class Harmless:
    def __init__(self):
        self._stop = threading.Event()


print(Harmless()._stop.is_set())

# A timer that goes off again and again until it is told to stop, and one whose function fails.
import threading


class Repeating(threading.Timer):
    def run(self):
        while not self.finished.wait(self.interval):
            self.function(*self.args, **self.kwargs)


beats = []
enough = threading.Event()


def beat(step, *, limit):
    beats.append(len(beats) * step)
    if len(beats) == limit:
        enough.set()


metronome = Repeating(0.005, beat, args=(10,), kwargs={"limit": 3})
metronome.start()
enough.wait()
metronome.cancel()
metronome.join()
print(beats[:3], metronome.finished.is_set())
print([kind.__name__ for kind in Repeating.__mro__])

broken = threading.Timer(0.01, int, ["no number"])
broken.start()
broken.join()
# The function did not return, so the timer never came to say that it is through.
print("finished?", broken.finished.is_set(), "alive?", broken.is_alive())

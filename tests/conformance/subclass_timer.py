# A timer that goes off again and again.
import threading


class Repeating(threading.Timer):
    def run(self):
        while not self.finished.wait(self.interval):
            self.function(*self.args, **self.kwargs)


beats = []


def beat(name, times=1):
    beats.append(name * times)
    if len(beats) == 3:
        timer.cancel()


timer = Repeating(0.01, beat, args=("x",), kwargs={"times": 2})
timer.start()
timer.join()
print(beats, timer.finished.is_set(), isinstance(timer, threading.Thread))

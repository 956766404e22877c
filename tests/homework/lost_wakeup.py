# A lost wakeup: the notify comes before the wait, and nothing remembers it.
# expect: stuck: sleeper
import threading
import time

bell = threading.Condition()


def sleeper():
    time.sleep(0.5)  # brushes teeth first
    with bell:
        print("sleeper: good night")
        bell.wait()
    print("sleeper: good morning")


def alarm_clock():
    with bell:
        print("alarm clock: ring ring")
        bell.notify()


s = threading.Thread(target=sleeper, name="sleeper")
a = threading.Thread(target=alarm_clock, name="alarm clock")
s.start()
a.start()
a.join()
s.join()

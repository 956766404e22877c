# The flag is set, but nobody is told: the thread that waits for it in the right loop never looks again.
# expect: stuck: guest
import threading
import time

dinner_ready = False
cond = threading.Condition()


def guest():
    with cond:
        while not dinner_ready:
            cond.wait()
    print("guest: yummy")


def cook():
    global dinner_ready
    time.sleep(0.3)
    with cond:
        dinner_ready = True
    print("cook: dinner is ready, I think everybody knows")


g = threading.Thread(target=guest, name="guest")
c = threading.Thread(target=cook, name="cook")
g.start()
c.start()
c.join()
g.join()

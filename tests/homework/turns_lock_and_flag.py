# Turns by a lock and a variable: who is not next lets go of the lock and sleeps a little.
# expect: safe
import threading
import time

lock = threading.Lock()
state = {"next": "tick", "left": 6}


def clock(sound, other):
    while True:
        with lock:
            if state["left"] == 0:
                return
            if state["next"] == sound:
                print(sound)
                state["next"] = other
                state["left"] -= 1
                continue
        time.sleep(0.01)


t1 = threading.Thread(target=clock, args=("tick", "tock"))
t2 = threading.Thread(target=clock, args=("tock", "tick"))
t2.start()
t1.start()
t1.join()
t2.join()

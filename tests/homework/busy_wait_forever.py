# A busy wait for a flag: the one who should set it returns early, so it never ends.
# expect: stuck: spinner
import threading
import time

ready = False


def spinner():
    time.sleep(0.5)  # has something else to do first
    while not ready:
        pass
    print("ready at last")


def setter(works):
    global ready
    time.sleep(0.1)
    if not works:
        print("cannot do it")
        return
    ready = True


s = threading.Thread(target=spinner, name="spinner")
t = threading.Thread(target=setter, args=(False,), name="setter")
s.start()
t.start()
t.join()
s.join()

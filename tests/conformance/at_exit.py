# What is registered runs when the program has ended and its threads have, the last first.
import atexit
import threading
import time


def bye(name, mark="."):
    print("bye", name + mark)


def broken():
    raise ValueError("in a callback")


@atexit.register
def last():
    print("last of all")


atexit.register(bye, "first")
atexit.register(broken)
atexit.register(bye, "second", mark="!")
atexit.register(print, "never")
atexit.unregister(print)


def slow():
    time.sleep(0.05)
    print("thread ends")
    atexit.register(bye, "thread")


threading.Thread(target=slow).start()
print("main ends")

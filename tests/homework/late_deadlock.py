# Two threads deadlock; a third, which is at work the while, wants one of their locks later, and is caught as well.
# expect: deadlock: left, right
# expect: stuck: late
import threading
import time

a = threading.Lock()
b = threading.Lock()


def take(first, second):
    with first:
        time.sleep(0.1)
        with second:
            print("never")


def late():
    for n in range(3):
        time.sleep(0.3)
        print("working", n)
    with a:
        print("never either")


for target, args, name in ((take, (a, b), "left"), (take, (b, a), "right"), (late, (), "late")):
    threading.Thread(target=target, args=args, name=name).start()

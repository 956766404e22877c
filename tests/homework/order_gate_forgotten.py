# Print in order with three locks, and a typo: `second` opens the first gate again instead of the third's.
# expect: error: second
# expect: deadlock or stuck: third
import threading

gate2, gate3 = threading.Lock(), threading.Lock()
gate2.acquire()
gate3.acquire()


def first():
    print("first")
    gate2.release()


def second():
    with gate2:
        print("second")
        gate2.release()  # means gate3


def third():
    with gate3:
        print("third")


threads = [threading.Thread(target=f, name=f.__name__) for f in (third, second, first)]
for t in threads:
    t.start()
for t in threads:
    t.join()

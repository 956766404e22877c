# Two threads, each of which waits for the other one to end.
# expect: deadlock: tick, tock
import threading
import time

threads = {}


def after_you(other):
    time.sleep(0.2)
    print("after you,", other)
    threads[other].join()
    print("thank you")


threads["tick"] = threading.Thread(target=after_you, args=("tock",), name="tick")
threads["tock"] = threading.Thread(target=after_you, args=("tick",), name="tock")
for t in threads.values():
    t.start()
for t in threads.values():
    t.join()

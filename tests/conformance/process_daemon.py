"""Daemonic processes end with their parent, and make no children."""
import time
from multiprocessing import Event, Process, current_process


def sleeps(ready):
    print("daemon", current_process().daemon)
    try:
        Process(target=print).start()
    except AssertionError as error:
        print("AssertionError:", error)
    ready.set()
    time.sleep(60)
    print("never")


def inherits():
    print("a child of a child", Process(target=print).daemon)


if __name__ == "__main__":
    ready = Event()
    process = Process(target=sleeps, args=(ready,), daemon=True)
    process.start()
    ready.wait()
    other = Process(target=inherits)
    other.daemon = False
    other.start()
    other.join()
    print("main ends")

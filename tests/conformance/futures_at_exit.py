"""A pool that nobody shuts down finishes its tasks after the program's last line."""
import threading
import time
from concurrent.futures import ThreadPoolExecutor

gate = threading.Event()
pool = ThreadPoolExecutor(max_workers=1)
ended = threading.Event()


def first():
    gate.wait()
    print("first task")


def late():
    ended.wait()
    time.sleep(0.3)
    try:
        pool.submit(print, "too late")
    except RuntimeError as error:
        print(error)


pool.submit(first)
pool.submit(print, "second task")
pool.submit(late)
idle = ThreadPoolExecutor(max_workers=2)
print(idle.submit(len, "ab").result())
print("end of the program")
gate.set()
ended.set()

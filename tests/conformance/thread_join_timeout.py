# join with a timeout gives up, and says nothing; is_alive tells.
import threading
import time


def work():
    go.wait()


go = threading.Event()
thread = threading.Thread(target=work)
thread.start()
start = time.monotonic()
print(thread.join(0.2), thread.is_alive(), time.monotonic() - start >= 0.2)
print(thread.join(timeout=0), thread.is_alive())
go.set()
print(thread.join(), thread.is_alive(), thread.join(timeout=1))

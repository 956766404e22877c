"""Only what has not begun can be cancelled."""
import threading
from concurrent.futures import CancelledError, ThreadPoolExecutor

begun = threading.Event()
gate = threading.Event()


def hold():
    begun.set()
    gate.wait()
    return "held"


with ThreadPoolExecutor(max_workers=1) as pool:
    running = pool.submit(hold)
    begun.wait()
    waiting = [pool.submit(print, "task", n) for n in range(3)]
    print("running:", running.running(), running.done(), running.cancel())
    print("waiting:", waiting[1].running(), waiting[1].done(), waiting[1].cancel(), waiting[1].cancel())
    print("now:", waiting[1].cancelled(), waiting[1].done(), waiting[1].running())
    gate.set()

print(running.result(), running.cancel())
for ask in (waiting[1].result, waiting[1].exception):
    try:
        ask()
    except CancelledError as error:
        print("CancelledError", error.args, CancelledError.__module__)
print([future.cancelled() for future in waiting])

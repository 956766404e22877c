"""Waiting for a result no longer than one wants to."""
import concurrent.futures
import threading
from concurrent.futures import ThreadPoolExecutor, TimeoutError, as_completed, wait

gate = threading.Event()
with ThreadPoolExecutor(max_workers=2) as pool:
    slow = pool.submit(gate.wait)
    quick = pool.submit(abs, -5)
    print(quick.result(timeout=5))
    for ask in (slow.result, slow.exception):
        for timeout in (0, -1, 0.01):
            try:
                ask(timeout)
            except TimeoutError as error:
                print("too late", error.args)
    print(slow.done(), slow.running())
    try:
        for future in as_completed([slow, quick], timeout=0.05):
            print("completed", future is quick)
    except concurrent.futures.TimeoutError as error:
        print(type(error).__name__, error)
    done, not_done = wait([slow, quick], timeout=0.01)
    print(len(done), len(not_done), quick in done, slow in not_done)
    try:
        for value in pool.map(lambda wanted: wanted and gate.wait(), [False, True, True], timeout=0.05):
            print("value", value)
    except TimeoutError as error:
        print("map gave up", error.args)
    gate.set()
print(slow.result(), TimeoutError is concurrent.futures.TimeoutError)

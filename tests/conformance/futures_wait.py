"""`wait` with its three conditions."""
import threading
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION, ThreadPoolExecutor, wait

print(ALL_COMPLETED, FIRST_COMPLETED, FIRST_EXCEPTION)
gates = {name: threading.Event() for name in "abc"}


def task(name, fails):
    gates[name].wait()
    if fails:
        raise RuntimeError(name)
    return name


with ThreadPoolExecutor(max_workers=3) as pool:
    a, b, c = pool.submit(task, "a", False), pool.submit(task, "b", True), pool.submit(task, "c", False)
    everything = [a, b, c, a]
    gates["a"].set()
    finished = wait(everything, return_when=FIRST_COMPLETED)
    print(finished.done == {a}, finished.not_done == {b, c})
    gates["b"].set()
    done, not_done = wait(everything, return_when=FIRST_EXCEPTION)
    print(done == {a, b}, not_done == {c})
    gates["c"].set()
    done, not_done = wait(everything)
    print(done == {a, b, c}, not_done == set(), len(wait([a, c], return_when=FIRST_EXCEPTION).done))
    print(wait([]))
    print(wait([a], return_when="whenever").done == {a})
    held = threading.Event()
    pending = pool.submit(held.wait)
    try:
        wait([a, pending], return_when="whenever")
    except ValueError as error:
        print(error)
    held.set()
    result = wait((pending,))
    print(len(result), result[0] == result.done, result[1], type(result).__name__)

"""An exception in a task waits in its future until somebody asks."""
from concurrent.futures import ThreadPoolExecutor


class Refused(Exception):
    def __init__(self, code):
        super().__init__(f"refused with {code}")
        self.code = code


def task(n):
    if n == 1:
        raise ValueError(f"bad {n}")
    if n == 2:
        return {}["missing"]
    if n == 3:
        raise Refused(404)
    if n == 4:
        raise SystemExit("only the task ends")
    return n


with ThreadPoolExecutor(max_workers=2) as pool:
    futures = [pool.submit(task, n) for n in range(5)]
print("all tasks are over, and nothing was printed")
for future in futures:
    try:
        print("result", future.result())
    except (Exception, SystemExit) as error:
        print(type(error).__name__, "|", error)
    error = future.exception()
    print("  kept:", repr(error), future.done(), future.cancelled())

again = []
for _ in range(2):
    try:
        futures[3].result()
    except Refused as error:
        again.append(error)
print(again[0] is again[1], again[0] is futures[3].exception(), again[0].code)

try:
    futures[2].result()
except KeyError as cause:
    try:
        raise RuntimeError("cannot go on") from cause
    except RuntimeError as error:
        print(error, "because of", repr(error.__cause__))

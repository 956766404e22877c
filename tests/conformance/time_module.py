# sleep, and clocks that go forward.
import time

start, wall, counter = time.monotonic(), time.time(), time.perf_counter()
print(time.sleep(0.1), time.sleep(0))
print(time.monotonic() - start >= 0.1, time.time() > wall, time.perf_counter() - counter >= 0.1)
print(isinstance(time.time(), float), isinstance(time.time_ns(), int), time.monotonic_ns() > 0)
try:
    time.sleep(-1)
except ValueError as error:
    print(error)

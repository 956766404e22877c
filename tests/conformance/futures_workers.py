"""Workers are started when they are needed, have names, and are used again."""
import threading
from concurrent.futures import ThreadPoolExecutor


def name():
    return threading.current_thread().name


print("threads before:", threading.active_count())
one = ThreadPoolExecutor(max_workers=3)
two = ThreadPoolExecutor(2, "named")
three = ThreadPoolExecutor(2)
print("threads after making pools:", threading.active_count())
print(three.submit(name).result(), two.submit(name).result())
meeting = threading.Barrier(3)


def meet():
    meeting.wait()
    return name()


print(sorted(future.result() for future in [one.submit(meet) for _ in range(3)]))
names = set()
for _ in range(10):
    names.add(two.submit(name).result())
print("ten tasks one after the other:", len(names) <= 2, all(n.startswith("named_") for n in names))
print("daemons:", one.submit(lambda: threading.current_thread().daemon).result())
print(one._max_workers, two._max_workers)
for pool in (one, two, three):
    pool.shutdown()
print("threads at the end:", threading.active_count())


def nested():
    with ThreadPoolExecutor(1) as inner:
        return inner.submit(name).result()


with ThreadPoolExecutor(1) as outer:
    print(outer.submit(nested).result())

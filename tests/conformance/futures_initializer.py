"""Each worker calls the initializer once; when it fails, the pool is broken."""
import threading
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from concurrent.futures.thread import BrokenThreadPool

local = threading.local()
made = []


def prepare(greeting, *, mark="!"):
    local.text = greeting + mark
    made.append(threading.current_thread().name)


def say(name):
    return f"{local.text} {name}"


with ThreadPoolExecutor(1, "p", prepare, ("hello",)) as pool:
    print(list(pool.map(say, ["a", "b"])), made)
with ThreadPoolExecutor(max_workers=2, thread_name_prefix="q", initializer=prepare, initargs=("hi",)) as pool:
    print(pool.submit(say, "c").result(), made[1:])

go = threading.Event()


def fail():
    go.wait()
    raise ValueError("cannot start")


broken = ThreadPoolExecutor(max_workers=1, initializer=fail)
futures = [broken.submit(say, n) for n in range(2)]
go.set()
for future in futures:
    try:
        future.result()
    except BrokenThreadPool as error:
        print(type(error).__name__, error)
        print(isinstance(error, BrokenExecutor), isinstance(error, RuntimeError))
try:
    broken.submit(say, 3)
except BrokenExecutor as error:
    print("again:", error)
broken.shutdown()

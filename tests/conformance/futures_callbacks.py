"""Callbacks are called in order, also when the future is done before they come."""
import threading
from concurrent.futures import Future, ThreadPoolExecutor

calls = []


def note(name):
    def callback(future):
        calls.append((name, future.done(), threading.current_thread().name))
    return callback


gate = threading.Event()
with ThreadPoolExecutor(max_workers=1, thread_name_prefix="w") as pool:
    future = pool.submit(gate.wait)
    future.add_done_callback(note("first"))
    future.add_done_callback(note("second"))
    gate.set()
print(calls)
calls.clear()
future.add_done_callback(note("late"))
print(calls, future.add_done_callback(note("later")))


def chain(future):
    print("square of the square:", future.result() ** 2)


with ThreadPoolExecutor(1) as pool:
    pool.submit(pow, 3, 2).add_done_callback(chain)

hand_made = Future()
order = []
for n in range(3):
    hand_made.add_done_callback(lambda future, n=n: order.append((n, future.result())))
hand_made.set_result("ready")
print(order)

cancelled = Future()
cancelled.add_done_callback(lambda future: print("told of the cancel:", future.cancelled()))
print(cancelled.cancel(), cancelled.cancel(), cancelled.done())

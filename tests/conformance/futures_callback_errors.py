"""A callback that raises is reported and does no harm."""
from concurrent.futures import Future, ThreadPoolExecutor


def fails(future):
    raise ValueError("from a callback")


def works(future):
    print("still called:", future.result())


with ThreadPoolExecutor(1) as pool:
    future = pool.submit(sum, [1, 2, 3])
    future.add_done_callback(fails)
    future.add_done_callback(works)
    next_one = pool.submit(len, "four")
    print(next_one.result() if future.result() == 6 else None)

own = Future()
own.add_done_callback(fails)
own.set_result(1)
print("set_result came back")
print(own.result())
own.add_done_callback(fails)
print("so did add_done_callback")

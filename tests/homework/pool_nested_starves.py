# A task that submits another one to the same pool of one thread, and waits for its result.
# expect: deadlock: kitchen_0
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kitchen")


def boil_water():
    return "hot water"


def make_tea():
    print("making tea")
    water = pool.submit(boil_water)
    return f"tea of {water.result()}"


tea = pool.submit(make_tea)
print(tea.result())
pool.shutdown()

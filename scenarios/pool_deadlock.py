# /// script
# [tool.raddle]
# title = "A pool that waits for itself"
# summary = "A task hands a subtask to its own pool and waits for it, but the pool has no free worker left. Watch the pending task that nobody can take."
# topics = ["ThreadPoolExecutor", "deadlock", "result"]
# expect = "deadlock"
# group = "Pools and futures"
#
# [tool.raddle.tr]
# title = "Kendini bekleyen havuz"
# summary = "Bir görev aynı havuza bir alt görev verip onu bekler; ama havuzda boşta işçi yoktur. Kimsenin alamadığı, bekleyen alt görevi izleyin."
# ///
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="worker")


def part(number):
    return number * 2


def whole(number):
    print("whole: I need a part, and wait for it")
    return pool.submit(part, number).result()  # the only worker is the one that waits


answer = pool.submit(whole, 21)
print("main waits for the whole")
print(answer.result())

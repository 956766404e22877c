# /// script
# [tool.raddle]
# title = "The worker that died in an executor"
# summary = "A worker ends in the middle of its task. An executor notices that, and gives up: its callers get BrokenProcessPool."
# topics = ["ProcessPoolExecutor", "BrokenProcessPool"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Yürütücüde ölen işçi"
# summary = "Bir işçi görevinin ortasında biter. Yürütücü bunu fark eder ve vazgeçer: bekleyen BrokenProcessPool alır."
# ///
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
import os


def work():
    os._exit(1)


if __name__ == "__main__":
    with ProcessPoolExecutor(2) as executor:
        try:
            executor.submit(work).result()
        except BrokenProcessPool:
            print("the pool is broken")

# /// script
# [tool.raddle]
# title = "The worker that died in a pool"
# summary = "A worker ends in the middle of its task. The pool replaces the worker, but not the task: main waits for its result for ever."
# topics = ["Pool", "exit", "hang"]
# expect = "stuck"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Havuzda ölen işçi"
# summary = "Bir işçi görevinin ortasında biter. Havuz işçiyi yeniler, görevi değil: main sonucu sonsuza dek bekler."
# ///
from multiprocessing import Pool
import os


def work(number):
    if number == 2:
        os._exit(1)  # as if the system had killed it
    return number


if __name__ == "__main__":
    with Pool(2) as pool:
        print("asking")
        print(pool.map(work, range(4), chunksize=1))

# /// script
# [tool.raddle]
# title = "Executor map"
# summary = "A pool of two workers does six tasks, and `map` gives the results in the order of the tasks, no matter which finished first. Watch the two share the work."
# topics = ["ThreadPoolExecutor", "map", "order"]
# expect = "safe"
# group = "Pools and futures"
#
# [tool.raddle.tr]
# title = "Executor map"
# summary = "İki işçili havuz altı görev yapar; `map` sonuçları, kim hızlı olursa olsun, görev sırasına göre verir. İki işçinin görevleri paylaşmasını izleyin."
# ///
import time
from concurrent.futures import ThreadPoolExecutor


def square(number):
    time.sleep(0.7 - 0.1 * number)  # the later ones are faster
    print(f"{number} done")
    return number * number


with ThreadPoolExecutor(max_workers=2, thread_name_prefix="pool") as pool:
    for result in pool.map(square, range(1, 7)):
        print(f"result {result}")
print("the pool is closed")

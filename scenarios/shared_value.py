# /// script
# [tool.raddle]
# title = "A value with its lock"
# summary = "Two processes add to one number in shared memory, each under the lock that comes with it: no addition is lost."
# topics = ["Value", "Lock", "Process"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Kilidiyle bir değer"
# summary = "İki süreç paylaşılan bellekteki bir sayıyı, onunla gelen kilit altında artırır: hiçbir artış kaybolmaz."
# ///
from multiprocessing import Process, Value


def add(total):
    for _ in range(3):
        with total.get_lock():
            total.value += 1


if __name__ == "__main__":
    total = Value("i", 0)
    workers = [Process(target=add, args=(total,)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(f"total {total.value}")

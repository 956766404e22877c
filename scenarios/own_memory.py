# /// script
# [tool.raddle]
# title = "Memory is not shared"
# summary = "Two processes add to the same global variable, and each adds to its own copy. Watch counter be 1 in both, and 0 in main."
# topics = ["Process", "fork", "memory"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Bellek paylaşılmaz"
# summary = "İki süreç aynı global değişkeni artırır, ama her biri kendi kopyasını. counter'ın ikisinde de 1, main'de 0 olmasını izleyin."
# ///
from multiprocessing import Process

counter = 0


def add():
    global counter
    counter += 1
    print(f"here it is {counter}")


if __name__ == "__main__":
    workers = [Process(target=add) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(f"in main it is {counter}")

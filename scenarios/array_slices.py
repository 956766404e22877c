# /// script
# [tool.raddle]
# title = "An array in slices"
# summary = "Three processes square a slice each of one array in shared memory. No slice meets another one, so no lock is needed."
# topics = ["Array", "Process"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Dilimlere bölünmüş dizi"
# summary = "Üç süreç paylaşılan bir dizinin birer dilimini kareler. Dilimler çakışmaz, kilit gerekmez."
# ///
from multiprocessing import Array, Process


def square(numbers, first, last):
    for index in range(first, last):
        numbers[index] = numbers[index] ** 2


if __name__ == "__main__":
    numbers = Array("i", range(6), lock=False)
    workers = [Process(target=square, args=(numbers, at, at + 2)) for at in (0, 2, 4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    print(list(numbers))

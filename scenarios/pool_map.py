# /// script
# [tool.raddle]
# title = "A pool of processes"
# summary = "Three workers share the tasks of map, and imap gives the results in their order. Watch tasks and results cross."
# topics = ["Pool", "map", "imap"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Süreç havuzu"
# summary = "map'in işlerini üç işçi paylaşır, imap sonuçları sırasıyla verir. İşlerin ve sonuçların geçişini izleyin."
# ///
from multiprocessing import Pool


def square(number):
    return number * number


if __name__ == "__main__":
    with Pool(3) as pool:
        print(pool.map(square, range(6), chunksize=2))
        for result in pool.imap(square, range(3)):
            print(result)

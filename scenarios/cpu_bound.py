# /// script
# [tool.raddle]
# title = "Computing side by side"
# summary = "Two threads that only compute. Under raddle, which has no GIL, both lanes run at once; under CPython's GIL they take turns: `raddle compare cpu_bound --policy os --policy gil`."
# topics = ["GIL", "CPU-bound", "parallelism"]
# expect = "safe"
# group = "The GIL"
#
# [tool.raddle.tr]
# title = "Yan yana hesaplamak"
# summary = "Yalnızca hesap yapan iki iş parçacığı. raddle GIL'siz çalıştırır: iki şerit aynı anda ilerler; CPython'un GIL'i altında sırayla çalışırlardı."
# ///
import threading


def sum_of_squares(name, count):
    total = 0
    for number in range(count):
        total += number * number
    print(f"{name}: {total}")


threads = [
    threading.Thread(name="left", target=sum_of_squares, args=("left", 3_000_000)),
    threading.Thread(name="right", target=sum_of_squares, args=("right", 2_000_000)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

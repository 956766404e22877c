# /// script
# [tool.raddle]
# title = "Computing in processes"
# summary = "The same computation in two processes. Each has an interpreter lock of its own, so both compute at once, and each has a copy of the memory. `raddle compare cpu_bound cpu_bound_processes` shows it beside two threads."
# topics = ["GIL", "CPU-bound", "processes"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Süreçlerde hesaplamak"
# summary = "Aynı hesap iki süreçte. Her birinin kendi GIL'i vardır: ikisi aynı anda hesaplar, her birinde belleğin bir kopyası vardır. `raddle compare cpu_bound cpu_bound_processes` ikisini alt alta gösterir."
# ///
import multiprocessing


def sum_of_squares(name, count):
    total = 0
    for number in range(count):
        total += number * number
    print(f"{name}: {total}")


if __name__ == "__main__":
    processes = [
        multiprocessing.Process(name="left", target=sum_of_squares, args=("left", 3_000_000)),
        multiprocessing.Process(name="right", target=sum_of_squares, args=("right", 2_000_000)),
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

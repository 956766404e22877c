# /// script
# [tool.raddle]
# title = "Waiting in processes"
# summary = "The same four downloads in processes: no faster, since threads that wait keep nobody from going on, and every process costs a copy of the memory. `raddle compare io_bound io_bound_processes` shows both."
# topics = ["GIL", "I/O-bound", "processes"]
# expect = "safe"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Süreçlerde beklemek"
# summary = "Aynı dört indirme süreçlerde: daha hızlı değildir, çünkü bekleyen iş parçacığı kimseyi alıkoymaz; her süreç ise belleğin bir kopyasına mal olur. `raddle compare io_bound io_bound_processes` ikisini gösterir."
# ///
import multiprocessing
import time


def download(page):
    time.sleep(1.0)  # where a program would wait for the network
    print(f"page {page} is here")


if __name__ == "__main__":
    start = time.monotonic()
    processes = [multiprocessing.Process(name=f"page-{page}", target=download, args=(page,)) for page in (1, 2, 3, 4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    elapsed = time.monotonic() - start
    print("less than two seconds:", elapsed < 2)

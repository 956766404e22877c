# /// script
# [tool.raddle]
# title = "How often threads take turns"
# summary = "CPython asks a running thread to give up its turn every five milliseconds. See how long that interval is, and that main gets its turn although another thread never waits."
# topics = ["GIL", "sys.setswitchinterval"]
# expect = "safe"
# group = "The GIL"
#
# [tool.raddle.tr]
# title = "Sıra ne sıklıkla değişir"
# summary = "CPython, çalışan iş parçacığından her beş milisaniyede bir sırayı bırakmasını ister. Bu aralığı, ve başka bir iş parçacığı hiç beklemediği hâlde main'e sıra geldiğini görün."
# ///
import sys
import threading

print(f"switch interval: {sys.getswitchinterval()} s")

running = True


def spin():
    turns = 0
    while running:  # computes, and never waits
        turns += 1
    print("spinner: stopped")


spinner = threading.Thread(name="spinner", target=spin)
spinner.start()
total = sum(number for number in range(50_000))
print(f"main: {total}")
running = False  # main gets its turn to say so
spinner.join()

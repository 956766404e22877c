# /// script
# [tool.raddle]
# title = "How often threads take turns"
# summary = "CPython asks a running thread to let go every five milliseconds. Watch what the interval is, and that a thread which computes is not stopped for ever."
# topics = ["GIL", "sys.setswitchinterval"]
# expect = "safe"
# group = "The GIL"
#
# [tool.raddle.tr]
# title = "Sıra ne sıklıkla değişir"
# summary = "CPython çalışan iş parçacığından her beş milisaniyede bir çekilmesini ister. Bu aralığa ve hesap yapanın sonsuza dek durdurulmadığına bakın."
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

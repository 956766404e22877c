# /// script
# [tool.raddle]
# title = "Waiting side by side"
# summary = "Four downloads of one second each take one second together: a thread that waits needs no processor and gives up the GIL. Watch four lanes wait at once."
# topics = ["GIL", "I/O-bound", "sleep"]
# expect = "safe"
# group = "The GIL"
#
# [tool.raddle.tr]
# title = "Yan yana beklemek"
# summary = "Birer saniyelik dört indirme birlikte bir saniye sürer: bekleyenin işlemciye ihtiyacı yoktur, GIL'i bırakır. Dört şeridin aynı anda beklemesini izleyin."
# ///
import threading
import time


def download(page):
    time.sleep(1.0)  # where a program would wait for the network
    print(f"page {page} is here")


start = time.monotonic()
threads = [threading.Thread(name=f"page-{page}", target=download, args=(page,)) for page in (1, 2, 3, 4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
elapsed = time.monotonic() - start
print("less than two seconds:", elapsed < 2)

# /// script
# [tool.raddle]
# title = "Join, but not forever"
# summary = "main gives a slow worker three chances of half a second. Watch `join` come back although the thread has not ended: only `is_alive` knows."
# topics = ["join", "timeout", "is_alive"]
# expect = "safe"
# group = "First steps"
#
# [tool.raddle.tr]
# title = "Süreli join"
# summary = "main yavaş işçiye yarımşar saniyelik üç şans verir. `join`'in iş parçacığı bitmeden dönmesini izleyin: bitip bitmediğini yalnızca `is_alive` bilir."
# ///
import threading
import time


def download():
    time.sleep(1.2)
    print("download complete")


worker = threading.Thread(name="download", target=download)
worker.start()

for attempt in range(1, 4):
    worker.join(timeout=0.5)  # returns None either way
    if worker.is_alive():
        print(f"chance {attempt}: still busy")
    else:
        print(f"chance {attempt}: finished")

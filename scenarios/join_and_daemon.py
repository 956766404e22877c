# /// script
# [tool.raddle]
# title = "Join and daemon"
# summary = "main waits for a worker, first for a moment, then until it ends; nobody waits for a daemon. Watch the daemon's lane cut off when the program ends."
# topics = ["Thread", "join", "daemon", "is_alive"]
# expect = "safe"
# group = "First steps"
#
# [tool.raddle.tr]
# title = "join ve daemon"
# summary = "main bir işçiyi önce kısa süre, sonra bitene kadar bekler; daemon'u kimse beklemez. Program bitince daemon'un şeridinin kesilmesini izleyin."
# ///
import threading
import time


def work():
    print("worker: starts")
    time.sleep(1.5)
    print("worker: done")


def watch():
    print("watcher: starts")
    time.sleep(60)  # far longer than the program lives
    print("watcher: this line is never printed")


worker = threading.Thread(name="worker", target=work)
watcher = threading.Thread(name="watcher", target=watch, daemon=True)
worker.start()
watcher.start()

worker.join(timeout=0.5)  # at most half a second
print(f"main: worker still alive? {worker.is_alive()}")

worker.join()  # as long as it takes
print(f"main: worker still alive? {worker.is_alive()}")
print("main: over, and the daemon with it")

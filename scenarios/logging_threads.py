# /// script
# [tool.raddle]
# title = "Who said that?"
# summary = "Log lines from three threads, each with its level and its thread's name. Messages below the level are not printed at all."
# topics = ["logging", "threadName", "level"]
# expect = "safe"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Bunu kim dedi?"
# summary = "Üç iş parçacığından günlük (log) satırları; her birinde iş parçacığının adı ve düzey yazar. Düzeyi yetmeyen iletilerin hiç yazılmadığını görün."
# ///
import logging
import sys
import threading
import time

logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)-7s [%(threadName)s] %(message)s")
log = logging.getLogger("shop")


def work(items):
    log.debug("not shown: below the level")
    for item in range(items):
        time.sleep(0.3)
        log.info("item %d of %d", item + 1, items)
    if items > 2:
        log.warning("that was a lot")


threads = [threading.Thread(name=f"clerk-{items}", target=work, args=(items,)) for items in (1, 2, 3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
log.info("closed")

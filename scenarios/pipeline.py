# /// script
# [tool.raddle]
# title = "Pipeline"
# summary = "Three stages, joined by two queues, work on different items at the same time. Watch the slowest stage set the pace of all."
# topics = ["Queue", "pipeline", "back-pressure"]
# expect = "safe"
# group = "Queues"
#
# [tool.raddle.tr]
# title = "Boru hattı"
# summary = "İki kuyrukla bağlı üç aşama aynı anda farklı öğeler üzerinde çalışır. Tempoyu en yavaş aşamanın belirlemesini izleyin."
# ///
import queue
import threading
import time

dough = queue.Queue(maxsize=1)
bread = queue.Queue(maxsize=1)


def knead():
    for loaf in range(1, 5):
        time.sleep(0.1)
        dough.put(loaf)  # waits: the oven is the bottleneck
    dough.put(None)


def bake():
    while (loaf := dough.get()) is not None:
        time.sleep(0.5)
        bread.put(loaf)
    bread.put(None)


def pack():
    while (loaf := bread.get()) is not None:
        time.sleep(0.2)
        print(f"loaf {loaf} is packed")


stages = [threading.Thread(name=stage.__name__, target=stage) for stage in (knead, bake, pack)]
for stage in stages:
    stage.start()
for stage in stages:
    stage.join()
print("bakery closed")

# /// script
# [tool.raddle]
# title = "The slow consumer"
# summary = "Every operation of the consumer takes half a second longer. Watch the queue fill up, and the full queue slow the producer down: nothing is lost."
# topics = ["Queue", "slow", "back pressure"]
# expect = "safe"
# faults = ["slow:consumer:0.5"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Yavaş tüketici"
# summary = "Tüketicinin her işlemi yarım saniye uzar. Kuyruğun dolmasını, dolu kuyruğun üreticiyi yavaşlatmasını izleyin: hiçbir şey kaybolmaz."
# ///
import queue
import threading

orders = queue.Queue(maxsize=2)


def produce():
    for number in range(1, 7):
        orders.put(number)  # waits while the queue is full
    orders.put(None)


def consume():
    served = 0
    while orders.get() is not None:
        served += 1
    print("served", served)


producer = threading.Thread(name="producer", target=produce)
consumer = threading.Thread(name="consumer", target=consume)
producer.start()
consumer.start()
producer.join()
consumer.join()

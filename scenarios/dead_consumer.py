# /// script
# [tool.raddle]
# title = "The consumer that died"
# summary = "The only consumer crashes on bad data, and nobody empties the queue any more. Watch the queue fill up, and the producer wait forever."
# topics = ["Queue", "exception", "back-pressure"]
# expect = "stuck"
# group = "Queues"
#
# [tool.raddle.tr]
# title = "Ölen tüketici"
# summary = "Tek tüketici bozuk veri yüzünden çöker, kuyruğu boşaltan kimse kalmaz. Kuyruğun dolmasını, üreticinin sonsuza dek beklemesini izleyin."
# ///
import queue
import threading

lines = queue.Queue(maxsize=2)


def produce():
    for line in ("12", "7", "x", "3", "5", "8", "1"):
        lines.put(line)
    print("never printed")


def consume():
    total = 0
    while True:
        total += int(lines.get())  # "x" is not a number: the thread ends here
        print(f"total {total}")


consumer = threading.Thread(name="consumer", target=consume)
producer = threading.Thread(name="producer", target=produce)
consumer.start()
producer.start()
producer.join()

# /// script
# [tool.raddle]
# title = "Producer and consumer"
# summary = "A fast producer, a slow consumer, a queue with room for three. Watch the queue fill up and make the producer wait."
# topics = ["Queue", "producer-consumer", "sentinel"]
# expect = "safe"
# group = "Queues"
#
# [tool.raddle.tr]
# title = "Üretici ve tüketici"
# summary = "Hızlı bir üretici, yavaş bir tüketici, üç yerlik bir kuyruk. Kuyruğun dolup üreticiyi durdurmasını izleyin."
# ///
import queue
import threading
import time

belt = queue.Queue(maxsize=3)


def produce():
    for number in range(1, 9):
        time.sleep(0.1)
        belt.put(number)  # waits while the queue is full
        print(f"made {number}")
    belt.put(None)  # the sentinel: nothing comes after it


def consume():
    while True:
        number = belt.get()  # waits while the queue is empty
        if number is None:
            break
        time.sleep(0.4)
        print(f"used {number}")


producer = threading.Thread(name="producer", target=produce)
consumer = threading.Thread(name="consumer", target=consume)
producer.start()
consumer.start()
producer.join()
consumer.join()
print("all used up")

# The producer divides by zero and dies without a sentinel, and the consumer waits for the rest.
# expect: error: producer
# expect: stuck: consumer
import queue
import threading

belt = queue.Queue(maxsize=2)


def produce():
    for n in (4, 2, 1, 0, 5):
        belt.put(100 // n)
    belt.put(None)


def consume():
    while True:
        item = belt.get()
        if item is None:
            break
        print("consumed", item)


producer = threading.Thread(target=produce, name="producer")
consumer = threading.Thread(target=consume, name="consumer")
producer.start()
consumer.start()
producer.join()
consumer.join()
print("done")

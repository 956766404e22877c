# A buffer with one condition and notify: the only wakeup goes to a producer, who cannot use it.
# expect: stuck: consumer, producer-1, producer-2
import threading
import time

cond = threading.Condition()
buffer = ["old"]


def produce(item):
    with cond:
        while buffer:
            cond.wait()
        buffer.append(item)
        cond.notify()
    print("put", item)


def consume(times):
    for _ in range(times):
        time.sleep(0.5)
        with cond:
            while not buffer:
                cond.wait()
            print("took", buffer.pop())
            # forgets to notify


threads = [
    threading.Thread(target=produce, args=("new",), name="producer-1"),
    threading.Thread(target=produce, args=("newer",), name="producer-2"),
    threading.Thread(target=consume, args=(2,), name="consumer"),
]
for t in threads:
    t.start()
for t in threads:
    t.join()

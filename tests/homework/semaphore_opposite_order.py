# Two semaphores used as locks, taken in opposite order.
# expect: deadlock or stuck: baker, cook
import threading
import time

oven = threading.Semaphore(1)
bowl = threading.BoundedSemaphore(1)


def use(first, second):
    with first:
        time.sleep(0.2)
        with second:
            print("cooking")


baker = threading.Thread(target=use, args=(oven, bowl), name="baker")
cook = threading.Thread(target=use, args=(bowl, oven), name="cook")
baker.start()
cook.start()
baker.join()
cook.join()

# The sleeping barber, who sleeps on: the shop is closed by a variable alone, and nobody wakes him to see it.
# expect: stuck: barber
import threading
import time

shop_open = True
door = threading.Condition()
queue = []


def barber():
    while True:
        with door:
            while not queue and shop_open:
                print("barber: zzz")
                door.wait()
            if not queue:
                break
            name = queue.pop(0)
        print("barber: next please,", name)
        time.sleep(0.1)
    print("barber: good night")


t = threading.Thread(target=barber, name="barber")
t.start()
time.sleep(0.1)
for name in ["Jo", "Max"]:
    with door:
        queue.append(name)
        door.notify()
    time.sleep(0.5)
shop_open = False
t.join()

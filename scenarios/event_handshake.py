# /// script
# [tool.raddle]
# title = "Event handshake"
# summary = "Two events, one for each direction: `ready` when the order is in, `served` when the meal is out. Watch each side wait for the other's event."
# topics = ["Event", "wait", "set", "handshake"]
# expect = "safe"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Olaylarla el sıkışma"
# summary = "Her yön için bir olay (`Event`): sipariş gelince `ready`, yemek çıkınca `served`. İki tarafın birbirinin olayını beklemesini izleyin."
# ///
import threading
import time

ready = threading.Event()
served = threading.Event()


def cook():
    print("cook: waiting for an order")
    ready.wait()
    print("cook: cooking")
    time.sleep(0.8)
    served.set()


def guest():
    time.sleep(0.4)
    print("guest: soup, please")
    ready.set()
    while not served.wait(timeout=0.3):  # False: time is up, nothing yet
        pass
    print("guest: thank you")


threads = [threading.Thread(name="cook", target=cook), threading.Thread(name="guest", target=guest)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

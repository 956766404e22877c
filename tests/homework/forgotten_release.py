# A return in the midst of it: the clerk who finds nothing to do never gives the key back.
# expect: stuck: clerk, customer
import threading
import time

key = threading.Lock()
inbox = []


def clerk():
    key.acquire()
    if not inbox:
        print("nothing to do")
        return
    print("handling", inbox.pop())
    key.release()


def customer():
    time.sleep(0.2)
    key.acquire()
    inbox.append("a form")
    key.release()
    print("handed in")


threads = [threading.Thread(target=clerk, name="clerk"), threading.Thread(target=customer, name="customer")]
for t in threads:
    t.start()
for t in threads:
    t.join()

# /// script
# [tool.raddle]
# title = "Awake for no reason"
# summary = "A waiter wakes though nobody has notified it, which a condition may do. Watch if take from an empty shelf where while would look again."
# topics = ["Condition", "wake", "while"]
# expect = "error"
# faults = ["wake:customer"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Nedensiz uyanış"
# summary = "Kimse haber vermeden bir bekleyen uyanır; koşul bunu yapabilir. while yeniden bakardı; if ise boş raftan alır, bakın."
# ///
import threading
import time

fresh = threading.Condition()
shelf = []


def buy():
    with fresh:
        if not shelf:  # should be: while
            fresh.wait()
        print("customer: I take", shelf.pop())


def bake():
    time.sleep(3)
    with fresh:
        shelf.append("a loaf")
        fresh.notify()


customer = threading.Thread(name="customer", target=buy)
baker = threading.Thread(name="baker", target=bake)
customer.start()
baker.start()
customer.join()
baker.join()

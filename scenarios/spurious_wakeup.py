# /// script
# [tool.raddle]
# title = "Awake for no reason"
# summary = "A waiter wakes up although nobody called `notify`, which a condition variable may do. This one checks with `if`, and takes from an empty shelf; with `while` it would look again."
# topics = ["Condition", "wake", "while"]
# expect = "error"
# faults = ["wake:customer"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Sahte uyanma"
# summary = "Bekleyen bir iş parçacığı, kimse `notify` çağırmadan uyanır; koşul değişkenlerinde bu olabilir. `if` ile bakan boş raftan almaya kalkar; `while` yeniden bakardı."
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

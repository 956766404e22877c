# /// script
# [tool.raddle]
# title = "The holder is killed"
# summary = "A thread is killed while it holds a lock: neither `with` nor `finally` runs. Watch the lock stay held by a dead thread, and the customer behind it wait forever."
# topics = ["Lock", "kill", "dead owner"]
# expect = "stuck"
# faults = ["kill:clerk@line=23"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Kilidi tutan öldürülür"
# summary = "Bir iş parçacığı kilidi tutarken öldürülür: ne `with` ne `finally` çalışır. Kilidin ölmüş bir iş parçacığında kalmasını, müşterinin sonsuza dek beklemesini izleyin."
# ///
import threading

till = threading.Lock()
inside = threading.Event()


def serve():
    with till:
        inside.set()
        print("clerk: I count the money")


def pay():
    inside.wait()
    with till:
        print("customer: I pay")


clerk = threading.Thread(name="clerk", target=serve)
customer = threading.Thread(name="customer", target=pay)
clerk.start()
customer.start()
clerk.join()
customer.join()
print("the shop closes")

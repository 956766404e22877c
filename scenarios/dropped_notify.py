# /// script
# [tool.raddle]
# title = "The last call is not heard"
# summary = "The `notify` for the last loaf is lost. Watch the customer sleep beside the bread: a condition variable remembers nothing, and a `wait` without a timeout never looks again."
# topics = ["Condition", "drop-notify", "lost wakeup"]
# expect = "stuck"
# faults = ["drop-notify:not_empty@3"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Son çağrı duyulmaz"
# summary = "Son ekmek için yapılan `notify` kaybolur. Müşterinin ekmeğin yanı başında uyumasını izleyin: koşul değişkeni hiçbir şeyi hatırlamaz, süresiz `wait` bir daha bakmaz."
# ///
import threading
import time

not_empty = threading.Condition()
shelf = []


def bake():
    for number in range(1, 4):
        time.sleep(2)
        with not_empty:
            shelf.append(number)
            not_empty.notify()


def buy():
    for _ in range(3):
        with not_empty:
            while not shelf:
                not_empty.wait()
            print("customer: I take loaf", shelf.pop(0))


customer = threading.Thread(name="customer", target=buy)
baker = threading.Thread(name="baker", target=bake)
customer.start()
baker.start()
customer.join()
baker.join()

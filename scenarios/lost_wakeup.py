# /// script
# [tool.raddle]
# title = "Lost wakeup"
# summary = "The `notify` comes before anyone waits, and is lost: a condition variable remembers nothing. Watch the waiter sleep forever."
# topics = ["Condition", "notify", "lost wakeup"]
# expect = "stuck"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Kayıp uyandırma"
# summary = "`notify`, kimse beklemezken gelir ve boşa gider: koşul değişkeni hiçbir şeyi hatırlamaz. Bekleyenin sonsuza dek uyumasını izleyin."
# ///
import threading
import time

parcel = threading.Condition()


def deliver():
    with parcel:
        print("courier: I ring the bell")
        parcel.notify()  # nobody is waiting yet


def receive():
    time.sleep(0.5)  # under the shower
    with parcel:
        print("receiver: I wait for the bell")
        parcel.wait()  # should be: while not delivered: parcel.wait()
        print("receiver: never here")


courier = threading.Thread(name="courier", target=deliver)
receiver = threading.Thread(name="receiver", target=receive)
receiver.start()
courier.start()
courier.join()
receiver.join()

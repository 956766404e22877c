# /// script
# [tool.raddle]
# title = "Lost update"
# summary = "Two deposits into one account, and one is gone. Watch both threads read the same balance before either writes."
# topics = ["data race", "lost update", "shared variable"]
# expect = "race"
# group = "Sharing and races"
#
# [tool.raddle.tr]
# title = "Kayıp güncelleme"
# summary = "Tek hesaba iki kez para yatar, biri kaybolur. Henüz kimse yazmadan ikisinin de aynı bakiyeyi okumasını izleyin."
# ///
import threading
import time

balance = 100


def deposit(amount):
    global balance
    seen = balance  # read
    time.sleep(0.5)  # the other thread reads the same value now
    balance = seen + amount  # write: whatever the other wrote is lost


ann = threading.Thread(name="ann", target=deposit, args=(10,))
ben = threading.Thread(name="ben", target=deposit, args=(10,))
ann.start()
ben.start()
ann.join()
ben.join()

print("expected 120")
print(f"found {balance}")

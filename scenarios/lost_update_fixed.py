# /// script
# [tool.raddle]
# title = "Lost update, fixed"
# summary = "The same two deposits with a lock around read and write. Watch the second thread wait for the lock, then read the new balance."
# topics = ["Lock", "critical section", "shared variable"]
# expect = "safe"
# group = "Sharing and races"
#
# [tool.raddle.tr]
# title = "Kayıp güncelleme, çözümü"
# summary = "Aynı iki para yatırma; bu kez okuma ile yazmayı bir kilit korur. İkincinin kilidi bekleyip yeni bakiyeyi okumasını izleyin."
# ///
import threading
import time

balance = 100
guard = threading.Lock()


def deposit(amount):
    global balance
    with guard:  # one thread at a time from here ...
        seen = balance
        time.sleep(0.5)
        balance = seen + amount
    # ... to here


ann = threading.Thread(name="ann", target=deposit, args=(10,))
ben = threading.Thread(name="ben", target=deposit, args=(10,))
ann.start()
ben.start()
ann.join()
ben.join()

print("expected 120")
print(f"found {balance}")

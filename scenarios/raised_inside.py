# /// script
# [tool.raddle]
# title = "An error from nowhere"
# summary = "The same error strikes two threads inside their locks. Watch with give its lock back, and acquire without finally keep it for ever."
# topics = ["Lock", "raise", "with", "exception"]
# expect = "error"
# faults = ["raise:tidy:ValueError@line=22", "raise:untidy:ValueError@line=27"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Durup dururken bir hata"
# summary = "Aynı hata iki iş parçacığını kilitlerinin içindeyken vurur. with kilidini geri verir, finally olmadan acquire sonsuza dek tutar: bakın."
# ///
import threading

first = threading.Lock()
second = threading.Lock()


def tidy():
    with first:
        print("tidy is inside")


def untidy():
    second.acquire()
    print("untidy is inside")
    second.release()  # a `finally` would come here even now


threads = [threading.Thread(name="tidy", target=tidy), threading.Thread(name="untidy", target=untidy)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
for name, lock in [("first", first), ("second", second)]:
    print(name, "is free" if lock.acquire(timeout=1) else "was never given back")

# /// script
# [tool.raddle]
# title = "An error from nowhere"
# summary = "The same error strikes two threads while each holds a lock. The one that uses `with` gives its lock back; the one that calls `acquire` without `finally` keeps it forever."
# topics = ["Lock", "raise", "with", "exception"]
# expect = "error"
# faults = ["raise:tidy:ValueError@line=22", "raise:untidy:ValueError@line=27"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Durup dururken bir hata"
# summary = "Aynı istisna iki iş parçacığını kilidi tutarken vurur. `with` bloğunun kilidi geri vermesini, `finally`'siz `acquire`'ın ise sonsuza dek tutmasını izleyin."
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

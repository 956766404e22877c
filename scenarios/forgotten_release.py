# /// script
# [tool.raddle]
# title = "The lock that was never released"
# summary = "`acquire` without `with`: an exception skips `release`, and the lock stays held by a thread that is gone. Watch the next thread wait for it forever."
# topics = ["Lock", "release", "exception", "with"]
# expect = "stuck"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Hiç bırakılmayan kilit"
# summary = "`with` olmadan `acquire`: istisna `release` satırını atlatır, kilit ölmüş bir iş parçacığında kalır. Ötekilerin ölmüş birini beklemesini izleyin."
# ///
import threading
import time

lock = threading.Lock()


def careless():
    lock.acquire()
    print("careless has the lock")
    raise RuntimeError("ends here, with the lock")
    lock.release()  # "with lock:" would have released it


def careful():
    time.sleep(0.4)
    print("careful waits for the lock")
    with lock:
        print("never printed")


first = threading.Thread(name="careless", target=careless)
second = threading.Thread(name="careful", target=careful)
first.start()
second.start()
first.join()
second.join()

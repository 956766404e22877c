# /// script
# [tool.raddle]
# title = "Nobody looked at the answer"
# summary = "`acquire` with a timeout may fail, and returns False then. Watch a thread that ignores the answer go in without the lock, and release a lock that it does not hold."
# topics = ["Lock", "expire", "timeout"]
# expect = "error"
# faults = ["expire:hasty"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Yanıta bakan olmadı"
# summary = "Zaman aşımlı (timeout) `acquire` kilidi alamayabilir ve bunu dönüş değeriyle söyler. Bu değere bakmayan iş parçacığının kilitsiz içeri girip kendisinin olmayan kilidi bırakmasını izleyin."
# ///
import threading
import time

door = threading.Lock()
taken = threading.Event()


def steady():
    with door:
        taken.set()
        time.sleep(2)
        print("steady: I was alone in here, I hope")


def hasty():
    taken.wait()
    door.acquire(timeout=10)  # should be: if not door.acquire(timeout=10): return
    print("hasty: now it is my turn")
    door.release()


threads = [threading.Thread(name="steady", target=steady), threading.Thread(name="hasty", target=hasty)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

# /// script
# [tool.raddle]
# title = "A lock that was held at the fork"
# summary = "A thread holds a lock while main forks. The child's copy of the lock is held by a thread that does not exist there, for ever."
# topics = ["fork", "Lock", "hang"]
# expect = "stuck"
# group = "Processes"
#
# [tool.raddle.tr]
# title = "Fork anında tutulan kilit"
# summary = "main fork yaparken bir iş parçacığı kilidi tutar. Çocuğun kopyasını orada var olmayan bir iş parçacığı sonsuza dek tutar."
# ///
from multiprocessing import Process
import threading

lock = threading.Lock()
inside = threading.Event()
forked = threading.Event()


def hold():
    with lock:
        inside.set()
        forked.wait()


def work():
    print("the child wants the lock")
    with lock:
        print("never printed")


if __name__ == "__main__":
    holder = threading.Thread(target=hold, name="holder")
    holder.start()
    inside.wait()
    child = Process(target=work)
    child.start()
    forked.set()
    holder.join()
    child.join()

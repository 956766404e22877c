# /// script
# [tool.raddle]
# title = "Waiting for oneself"
# summary = "A method takes a plain lock and calls another that takes it too. Watch one thread be enough for a deadlock."
# topics = ["Lock", "deadlock", "reentrancy"]
# expect = "deadlock"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Kendini beklemek"
# summary = "Bir yöntem düz bir kilidi alır, sonra onu yine alan başka bir yöntemi çağırır. Kilitlenme için tek iş parçacığının yettiğine bakın."
# ///
import threading

lock = threading.Lock()
total = 0


def add(amount):
    global total
    with lock:  # this thread holds it already, and waits for itself
        total += amount


def add_twice(amount):
    with lock:
        print("adding twice")
        add(amount)
        add(amount)


worker = threading.Thread(name="worker", target=add_twice, args=(5,))
worker.start()
worker.join()
print("never reached: an RLock would have let it in")

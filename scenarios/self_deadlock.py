# /// script
# [tool.raddle]
# title = "Waiting for oneself"
# summary = "A function takes a plain `Lock` and calls another function that takes it too. One thread is enough for a deadlock."
# topics = ["Lock", "deadlock", "reentrancy"]
# expect = "deadlock"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Kendini beklemek"
# summary = "Bir fonksiyon sıradan bir `Lock` alır, sonra aynı kilidi isteyen başka bir fonksiyonu çağırır. Kilitlenme için tek iş parçacığının yettiğini görün."
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

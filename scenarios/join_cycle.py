# /// script
# [tool.raddle]
# title = "Joining each other"
# summary = "No lock anywhere, and still a deadlock: two threads each wait for the other to end. Watch the ring made of `join` calls."
# topics = ["join", "deadlock", "cycle"]
# expect = "deadlock"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Birbirini beklemek"
# summary = "Hiç kilit yok, yine de kilitlenme var: iki iş parçacığı birbirinin bitmesini bekler. `join`'lerden oluşan halkayı izleyin."
# ///
import threading
import time

threads = {}


def work(me, other):
    print(f"{me} waits for {other} to end")
    time.sleep(0.3)
    threads[other].join()
    print("never printed")


threads["egg"] = threading.Thread(name="egg", target=work, args=("egg", "hen"))
threads["hen"] = threading.Thread(name="hen", target=work, args=("hen", "egg"))
threads["egg"].start()
threads["hen"].start()
threads["egg"].join()

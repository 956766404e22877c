# A countdown latch: main waits until all the rockets are filled, all the pilots until main says go.
# expect: safe
import threading
import time


class CountDownLatch:
    def __init__(self, count):
        self.count = count
        self.lock = threading.Condition()

    def count_down(self):
        with self.lock:
            self.count -= 1
            if self.count <= 0:
                self.lock.notify_all()

    def wait(self):
        with self.lock:
            while self.count > 0:
                self.lock.wait()


filled = CountDownLatch(3)
go = CountDownLatch(1)


def pilot(number):
    time.sleep(number * 0.1)
    print("rocket", number, "is filled")
    filled.count_down()
    go.wait()
    print("rocket", number, "is off")


pilots = [threading.Thread(target=pilot, args=(n,)) for n in (1, 2, 3)]
for p in pilots:
    p.start()
filled.wait()
print("go!")
go.count_down()
for p in pilots:
    p.join()

# /// script
# [tool.raddle]
# title = "A thread with a class of its own"
# summary = "A subclass of `Thread` keeps its own input and result. Watch `start` run its `run` method on a new lane, and main read the results after `join`."
# topics = ["Thread", "run", "subclass"]
# expect = "safe"
# group = "First steps"
#
# [tool.raddle.tr]
# title = "Thread'den sınıf türetmek"
# summary = "`Thread`'den türeyen bir sınıf girdisini ve sonucunu kendinde saklar. `start`'ın `run`'ı yeni şeritte çalıştırmasını, main'in `join`'den sonra sonuçları okumasını izleyin."
# ///
import threading
import time


class Adder(threading.Thread):
    def __init__(self, name, numbers):
        super().__init__(name=name)  # before anything else
        self.numbers = numbers
        self.total = 0

    def run(self):  # called by start, on the new thread
        for number in self.numbers:
            time.sleep(0.3)
            self.total += number
        print(f"{self.name} is done")


low = Adder("low", [1, 2, 3])
high = Adder("high", [10, 20])
low.start()
high.start()
low.join()  # only now is the total complete
high.join()
print(f"low {low.total}, high {high.total}")

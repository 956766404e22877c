# /// script
# [tool.raddle]
# title = "One thread crashes"
# summary = "An exception ends the thread that raised it, and no other. Watch one lane crash while the others and main go on; `join` does not mention it."
# topics = ["exception", "traceback", "join"]
# expect = "error"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Biri çöküyor"
# summary = "Bir istisna (exception) yalnızca onu fırlatan iş parçacığını bitirir. Bir şerit çökerken ötekilerin ve main'in sürmesini, `join`'in hiçbir şey söylememesini izleyin."
# ///
import threading
import time


def work(number):
    time.sleep(0.3 * number)
    print(f"worker {number}: {12 // (number - 2)}")  # worker 2 divides by zero


workers = [threading.Thread(name=f"worker-{number}", target=work, args=(number,)) for number in (1, 2, 3)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()  # returns, whether it ended well or not
print("main: all are over")

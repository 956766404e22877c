# /// script
# [tool.raddle]
# title = "The race is called off"
# summary = "The barrier breaks before everyone has arrived, as `abort` or a late thread might break it. One runner is prepared for that and goes home; the other crashes."
# topics = ["Barrier", "break", "BrokenBarrierError"]
# expect = "error"
# faults = ["break:start@line=30"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Yarış iptal"
# summary = "Bariyer herkes gelmeden bozulur; `abort` ya da geç kalan biri de bozabilirdi. Koşuculardan biri buna hazırlıklıdır ve evine döner, öteki çöker."
# ///
import threading
import time

start = threading.Barrier(2)


def careful():
    try:
        start.wait()
        print("careful runs")
    except threading.BrokenBarrierError:
        print("careful goes home: the race is called off")


def careless():
    time.sleep(1)  # ties a shoe
    print("careless is ready")
    start.wait()
    print("careless runs")


runners = [threading.Thread(name="careful", target=careful), threading.Thread(name="careless", target=careless)]
for runner in runners:
    runner.start()
for runner in runners:
    runner.join()

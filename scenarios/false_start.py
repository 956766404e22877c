# /// script
# [tool.raddle]
# title = "The race is called off"
# summary = "The barrier breaks before all have come, as abort or one late thread would break it. Watch who expects that, and who does not."
# topics = ["Barrier", "break", "BrokenBarrierError"]
# expect = "error"
# faults = ["break:start@line=30"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Yarış iptal"
# summary = "Bariyer herkes gelmeden kırılır; abort ya da geç kalan biri de kırardı. Bunu kimin beklediğine, kimin beklemediğine bakın."
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

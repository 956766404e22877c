# /// script
# [tool.raddle]
# title = "Barrier phases"
# summary = "Three workers do two phases of work, and nobody begins the second before all have finished the first. Watch the barrier make the fast ones wait."
# topics = ["Barrier", "phases", "action"]
# expect = "safe"
# group = "Coordination"
#
# [tool.raddle.tr]
# title = "Bariyerle aşama aşama"
# summary = "Üç işçi iki aşamalı bir iş yapar; herkes birinci aşamayı bitirmeden kimse ikinciye başlamaz. Bariyerin hızlı olanları bekletmesini izleyin."
# ///
import threading
import time

PHASES = ["cut", "sew"]
done = []


def next_phase():  # run once, by the last one to arrive, before anyone goes on
    print(f"phase {done.pop(0)} is over")


barrier = threading.Barrier(3, action=next_phase)


def tailor(number):
    for phase in PHASES:
        time.sleep(0.3 * number)
        print(f"tailor {number}: {phase}")
        if number == 3:
            done.append(phase)
        barrier.wait()


tailors = [threading.Thread(name=f"tailor-{number}", target=tailor, args=(number,)) for number in (1, 2, 3)]
for thread in tailors:
    thread.start()
for thread in tailors:
    thread.join()

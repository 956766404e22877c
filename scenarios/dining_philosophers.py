# /// script
# [tool.raddle]
# title = "Dining philosophers"
# summary = "Five philosophers, five forks, and each takes the fork on the left first. Watch the ring of waiting close around the table."
# topics = ["Lock", "deadlock", "cycle"]
# expect = "deadlock"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Yemek yiyen filozoflar"
# summary = "Beş filozof, beş çatal; herkes önce solundaki çatalı alır. Bekleme halkasının masanın çevresinde kapanmasını izleyin."
# ///
import threading
import time

NAMES = ["plato", "hypatia", "hume", "kant", "zeno"]
forks = [threading.Lock() for _ in NAMES]


def dine(seat):
    left = forks[seat]
    right = forks[(seat + 1) % len(forks)]  # the neighbour's left fork
    with left:
        print(f"{NAMES[seat]} takes the left fork")
        time.sleep(1)  # meanwhile everyone else does the same
        with right:
            print(f"{NAMES[seat]} eats")


table = [threading.Thread(name=name, target=dine, args=(seat,)) for seat, name in enumerate(NAMES)]
for philosopher in table:
    philosopher.start()
for philosopher in table:
    philosopher.join()
print("nobody gets here hungry, or at all")

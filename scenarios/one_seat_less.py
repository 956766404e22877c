# /// script
# [tool.raddle]
# title = "One seat less"
# summary = "The philosophers again, but a semaphore lets only four of the five sit down. Watch the ring stay open: somebody always has both forks."
# topics = ["Semaphore", "Lock", "dining philosophers"]
# expect = "safe"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Bir iskemle eksik"
# summary = "Yine filozoflar, ama semafor beş kişiden yalnızca dördünü oturtur. Halkanın hiç kapanmadığını görün: birinde her zaman iki çatal olur."
# ///
import threading
import time

NAMES = ["plato", "hypatia", "hume", "kant", "zeno"]
forks = [threading.Lock() for _ in NAMES]
seats = threading.Semaphore(len(NAMES) - 1)


def dine(seat):
    with seats:  # the fifth one waits standing
        with forks[seat]:
            time.sleep(0.5)
            with forks[(seat + 1) % len(forks)]:
                print(f"{NAMES[seat]} eats")


table = [threading.Thread(name=name, target=dine, args=(seat,)) for seat, name in enumerate(NAMES)]
for philosopher in table:
    philosopher.start()
for philosopher in table:
    philosopher.join()
print("everyone has eaten")

# /// script
# [tool.raddle]
# title = "Semaphore pool"
# summary = "Five cars, two pumps. Watch the semaphore let two in, and the others wait until a pump is free."
# topics = ["Semaphore", "pool", "permits"]
# expect = "safe"
# group = "Locks"
#
# [tool.raddle.tr]
# title = "Semafor havuzu"
# summary = "Beş araba, iki pompa. Semaforun ikisini içeri almasını, ötekilerin bir pompa boşalana kadar beklemesini izleyin."
# ///
import threading
import time

pumps = threading.Semaphore(2)


def refuel(car):
    print(f"car {car} arrives")
    with pumps:  # takes one of the two permits, or waits for one
        print(f"car {car} fills up")
        time.sleep(0.6)
    # the permit goes back here
    print(f"car {car} leaves")


cars = [threading.Thread(name=f"car-{number}", target=refuel, args=(number,)) for number in range(1, 6)]
for car in cars:
    car.start()
for car in cars:
    car.join()
print("the station is empty")

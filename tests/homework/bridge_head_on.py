# A bridge of two halves, each with a lock. Two cars come from both sides and meet in the middle.
# expect: deadlock: red car, blue car
import threading
import time

west_half = threading.Lock()
east_half = threading.Lock()


def cross(name, first, second):
    print(f"{name} comes")
    with first:
        print(f"{name} is on the bridge")
        time.sleep(1)  # slowly does it
        with second:
            print(f"{name} is over")


red = threading.Thread(target=cross, args=("red", west_half, east_half), name="red car")
blue = threading.Thread(target=cross, args=("blue", east_half, west_half), name="blue car")
red.start()
blue.start()
red.join()
blue.join()

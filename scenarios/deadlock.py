# /// script
# [tool.raddle]
# title = "Deadlock"
# summary = "Two threads take the same two locks in opposite order. Watch each take its first lock, then wait forever for the one that the other holds."
# topics = ["Lock", "deadlock", "lock order"]
# expect = "deadlock"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Kilitlenme (deadlock)"
# summary = "İki iş parçacığı aynı iki kilidi ters sırayla alır. Her birinin ilk kilidini alıp ötekinin tuttuğunu sonsuza dek beklemesini izleyin."
# ///
import threading
import time

a = threading.Lock()
b = threading.Lock()


def go_left():
    with a:
        print("left has a")
        time.sleep(0.5)  # time enough for right to take b
        with b:
            print("left has both")


def go_right():
    with b:
        print("right has b")
        time.sleep(0.5)  # time enough for left to take a
        with a:
            print("right has both")


left = threading.Thread(name="left", target=go_left)
right = threading.Thread(name="right", target=go_right)
left.start()
right.start()
left.join()
right.join()
print("never reached")

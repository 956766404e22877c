# /// script
# [tool.raddle]
# title = "Lock order"
# summary = "The cure for the deadlock: both threads take a first, then b. Watch one of them wait for a and then get through."
# topics = ["Lock", "lock order"]
# expect = "safe"
# group = "Deadlock and its cures"
#
# [tool.raddle.tr]
# title = "Kilit sırası"
# summary = "Kilitlenmenin çaresi: ikisi de önce a'yı, sonra b'yi alır. Birinin a'yı beklemesini, sonra onun da geçmesini izleyin."
# ///
import threading
import time

a = threading.Lock()
b = threading.Lock()


def go_left():
    with a:  # the thread that gets a ...
        print("left has a")
        time.sleep(0.5)
        with b:  # ... finds b free, because b is only taken after a
            print("left has both")


def go_right():
    with a:
        print("right has a")
        time.sleep(0.5)
        with b:
            print("right has both")


left = threading.Thread(name="left", target=go_left)
right = threading.Thread(name="right", target=go_right)
left.start()
right.start()
left.join()
right.join()
print("both got through")

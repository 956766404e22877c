# /// script
# [tool.raddle]
# title = "Hello, threads"
# summary = "Three threads say hello at once. Watch three lanes run side by side, and main join them one by one."
# topics = ["Thread", "start", "join"]
# expect = "safe"
# group = "First steps"
#
# [tool.raddle.tr]
# title = "Merhaba, iş parçacıkları"
# summary = "Üç iş parçacığı aynı anda selam verir. Üç şeridin yan yana ilerlemesini, main'in her birini teker teker `join` ile beklemesini izleyin."
# ///
import threading
import time


def greet(name, pause):
    print(f"{name}: hello")
    time.sleep(pause)  # another thread can run while this one sleeps
    print(f"{name}: goodbye")


threads = [
    threading.Thread(name="ada", target=greet, args=("ada", 0.9)),
    threading.Thread(name="alan", target=greet, args=("alan", 0.6)),
    threading.Thread(name="grace", target=greet, args=("grace", 0.3)),
]

for thread in threads:
    thread.start()  # from here on it runs by itself

for thread in threads:
    thread.join()  # wait until it is over

print("main: everyone has left")

# /// script
# [tool.raddle]
# title = "The program is not over yet"
# summary = "main has nothing left to do, but the interpreter waits for every thread that is not a daemon. Watch main's lane join at its end."
# topics = ["shutdown", "Thread", "exit"]
# expect = "safe"
# group = "Ends and errors"
#
# [tool.raddle.tr]
# title = "Program daha bitmedi"
# summary = "main'in yapacak işi kalmadı, ama yorumlayıcı daemon olmayan her iş parçacığını bekler. main'in, şeridinin sonunda ötekileri beklemesini (`join`) izleyin."
# ///
import threading
import time


def clean_up():
    time.sleep(1.5)
    print("cleaner: the floor is clean")


threading.Thread(name="cleaner", target=clean_up).start()
print("main: last line of the program")

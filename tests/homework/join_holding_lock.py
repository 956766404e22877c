# main joins a thread while it holds the very lock that the thread needs to end.
# expect: deadlock: main, printer
import threading
import time

screen = threading.Lock()


def printer():
    for page in range(3):
        time.sleep(0.1)
        with screen:
            print("page", page)


t = threading.Thread(target=printer, name="printer")
t.start()
time.sleep(0.25)
with screen:
    print("waiting for the printer")
    t.join()
print("printed")

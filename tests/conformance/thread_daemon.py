# The program waits for plain threads at its end, and cuts daemons off.
import threading
import time


def daemon():
    print("daemon starts")
    started.set()
    time.sleep(30)
    print("never printed")


def plain():
    time.sleep(0.3)
    print("plain ends, daemon:", threading.current_thread().daemon)


started = threading.Event()
background = threading.Thread(target=daemon, daemon=True)
background.start()
started.wait()
threading.Thread(target=plain, daemon=False).start()
print("main ends, daemon:", background.daemon)

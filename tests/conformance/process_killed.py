# SIGKILL asks nobody, no matter who sends it; signal 0 asks whether there is a process.
import os
import signal
import threading
import time
from multiprocessing import Pipe, Process


def kills_itself():
    try:
        os.kill(os.getpid(), signal.SIGKILL)
    finally:
        print("not reached")


def raises():
    signal.raise_signal(signal.SIGKILL)


def killed_by_a_thread():
    threading.Thread(target=os.kill, args=(os.getpid(), 9)).start()
    time.sleep(60)


def kills_its_parent(there):
    os.kill(os.getppid(), signal.SIGKILL)
    there.send("done")


def has_a_child(there):
    Process(target=kills_its_parent, args=(there,)).start()
    time.sleep(60)


if __name__ == "__main__":
    for target in [kills_itself, raises, killed_by_a_thread]:
        process = Process(target=target)
        process.start()
        process.join()
        print(target.__name__, process.exitcode)
    here, there = Pipe()
    process = Process(target=has_a_child, args=(there,))
    process.start()
    print(here.recv())
    process.join()
    print(process.exitcode)
    print(os.kill(os.getpid(), 0), signal.getsignal(signal.SIGKILL) is signal.SIG_DFL)
    for number in (-1, 65):
        try:
            os.kill(os.getpid(), number)
        except OSError as error:
            print(error)

# A process has signals of its own.
import os
import signal
import sys
import threading
import time
from multiprocessing import Process


def handler(number, frame):
    print("handled", signal.Signals(number).name, threading.current_thread().name)
    sys.exit(5)


def child():
    signal.signal(signal.SIGTERM, handler)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)


def ignores():
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    os.kill(os.getpid(), signal.SIGUSR1)
    print("not impressed")
    os.kill(os.getpid(), signal.SIGUSR2)
    print("not reached")


def interrupted():
    try:
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(60)
    except KeyboardInterrupt:
        print("interrupted")


if __name__ == "__main__":
    for target in [child, ignores, interrupted]:
        process = Process(target=target)
        process.start()
        process.join()
        print(target.__name__, process.exitcode)
    print(signal.getsignal(signal.SIGTERM) is signal.SIG_DFL)

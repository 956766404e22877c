"""Processes that are ended from outside: by terminate, by kill, by a signal that they handle."""
import os
import signal
import sys
import time
from multiprocessing import Event, Process


def sleeps(ready):
    ready.set()
    time.sleep(60)


def handles(ready):
    def handler(number, frame):
        print("handled", number)
        sys.exit(9)

    signal.signal(signal.SIGTERM, handler)
    ready.set()
    time.sleep(60)


def ignores(ready, more):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    ready.set()
    more.wait(60)
    print("not impressed")


def begin(target, *events):
    process = Process(target=target, args=events)
    process.start()
    events[0].wait()
    return process


if __name__ == "__main__":
    process = begin(sleeps, Event())
    process.terminate()
    process.join()
    print(process.exitcode, -signal.SIGTERM, process.is_alive())
    process = begin(sleeps, Event())
    process.kill()
    process.join()
    print(process.exitcode, -signal.SIGKILL)
    process = begin(handles, Event())
    process.terminate()
    process.join()
    print(process.exitcode)
    more = Event()
    process = begin(ignores, Event(), more)
    process.terminate()
    more.set()
    process.join()
    print(process.exitcode)
    process = begin(sleeps, Event())
    os.kill(process.pid, signal.SIGUSR1)
    process.join()
    print(process.exitcode)
    process.terminate()
    print(process.exitcode)

"""An exception in a process ends that one; main learns of it by the exit code alone."""
import sys
from multiprocessing import Process


def hook(kind, value, trace):
    print("hook of", kind.__name__)


def work(number):
    try:
        if number == 1:
            raise ValueError("one")
        print("fine", number)
    finally:
        print("finally", number)


if __name__ == "__main__":
    sys.excepthook = hook
    for number in range(3):
        process = Process(target=work, args=(number,))
        process.start()
        process.join()
        print(process.exitcode)
    raise KeyError("in main")

"""How a process ends, as its exit code tells."""
import os
import sys
from multiprocessing import Process


def nothing():
    pass


def raises():
    raise KeyError("k")


def exits(code):
    sys.exit(code)


def leaves():
    os._exit(7)


def asserts():
    assert False, "no"


def interrupts():
    raise KeyboardInterrupt


if __name__ == "__main__":
    for target, args in (
        (nothing, ()),
        (raises, ()),
        (exits, (0,)),
        (exits, (5,)),
        (exits, (None,)),
        (exits, ("words",)),
        (exits, (300,)),
        (exits, (-1,)),
        (exits, (True,)),
        (leaves, ()),
        (asserts, ()),
        (interrupts, ()),
    ):
        process = Process(target=target, args=args)
        print(process.exitcode, end=" ")
        process.start()
        process.join()
        print(target.__name__, args, process.exitcode, process.is_alive())

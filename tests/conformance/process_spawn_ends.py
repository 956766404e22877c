"""How processes end that were spawned: exit codes, exceptions, and what was registered for the end."""
import atexit
import multiprocessing as mp
import sys

atexit.register(print, "at exit of", __name__)


class Trouble(Exception):
    pass


def fails():
    raise Trouble("no")


def leaves():
    sys.exit(3)


def returns():
    return 4


def says():
    sys.exit("a reason")


if __name__ == "__main__":
    for method in ("spawn", "forkserver", "fork"):
        context = mp.get_context(method)
        for target in (fails, leaves, returns, says):
            process = context.Process(target=target)
            process.start()
            process.join()
            print(method, target.__name__, process.exitcode)

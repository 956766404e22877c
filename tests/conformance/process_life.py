# A process from its making to its end: states, exit codes, what the parent sees.
import multiprocessing
import os
import sys
import time
from multiprocessing import Process


def quiet():
    pass


def leaves(code):
    sys.exit(code)


def raises():
    raise ValueError("no")


def cut_short():
    os._exit(9)


def attempt(function):
    try:
        print(function())
    except (AssertionError, ValueError, AttributeError) as error:
        print(type(error).__name__, error)


if __name__ == "__main__":
    p = Process(target=quiet)
    print(p.name, p.daemon, p.pid, p.exitcode, p.is_alive())
    attempt(p.join)
    p.start()
    attempt(p.start)
    p.join()
    print(p.exitcode, p.is_alive(), p.pid > 0, p.ident == p.pid)
    attempt(p.start)
    p.close()
    attempt(p.is_alive)
    attempt(p.join)
    attempt(lambda: p.exitcode)

    for code in [0, 3, 256, None, True, "why"]:
        p = Process(target=leaves, args=(code,), name=f"leaves {code!r}")
        p.start()
        p.join()
        print(p.name, p.exitcode)
    for target in [raises, cut_short]:
        p = Process(target=target)
        p.start()
        p.join(60)
        print(p.name, p.exitcode)

    p = Process(target=time.sleep, args=(60,))
    p.start()
    p.join(0.01)
    print(p.exitcode, p.is_alive())
    attempt(p.close)
    p.terminate()
    p.join()
    print(p.exitcode, p.is_alive())
    p = Process(target=time.sleep, kwargs={}, args=[60], daemon=True)
    p.start()
    p.kill()
    p.join()
    print(p.exitcode, p.daemon)
    print(multiprocessing.active_children(), multiprocessing.parent_process())
    print(multiprocessing.current_process().name)

# A hook that fails itself is reported to sys.excepthook; so is what ends the main thread.
import sys
import threading


def broken(args):
    raise LookupError(f"no idea what {args.exc_type.__name__} is")


def tell(kind, value, traceback):
    print("told:", kind.__name__, "/", value)


def fail():
    raise OSError("disk full")


threading.excepthook = broken
sys.excepthook = tell
worker = threading.Thread(target=fail)
worker.start()
worker.join()
print("worker is over:", not worker.is_alive())


def quits(args):
    sys.exit(9)


threading.excepthook = quits
worker = threading.Thread(target=fail)
worker.start()
worker.join()
print("still here")
raise RuntimeError("main gives up")

# A sys.excepthook that fails: both tracebacks are printed, and the program has failed.
import sys

print(sys.excepthook is sys.__excepthook__)


def fails(kind, value, traceback):
    print("asked about", kind.__name__)
    raise ValueError("the hook cannot cope")


sys.excepthook = fails
try:
    int("x")
except ValueError:
    print("what is caught is none of its business")
{}["missing"]

# What `sys.exit` is given is printed as `str` has it, and only where the main thread ends by it.
import sys
import threading


class Reason:
    def __str__(self):
        return "a reason"

    def __repr__(self):
        return "Reason()"


def leave(*values):
    raise SystemExit(*values)


for values in (), (None,), (3,), ([1, 2],), (1, 2):
    thread = threading.Thread(target=leave, args=values)
    thread.start()
    thread.join()
    try:
        leave(*values)
    except SystemExit as exit:
        print(repr(exit.code), exit.args)
sys.exit([1, "two", Reason(), (3,), {"four": 4.0}])

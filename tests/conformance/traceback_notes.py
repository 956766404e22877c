# Notes stand behind the exception in its traceback; stacks of the callers; hooks that print.
import sys
import threading
import traceback

error = ValueError("with notes")
error.add_note("the first note")
error.add_note("two\nlines")
print(error.__notes__, traceback.format_exception_only(error))
try:
    raise error
except ValueError:
    print(traceback.format_exc().splitlines()[-4:])
try:
    error.add_note(3)
except TypeError as problem:
    print(problem)


def stack():
    return [(entry.name, entry.line) for entry in traceback.extract_stack()]


def through():
    return stack()


print(through())
print([entry.name for entry in traceback.extract_stack(limit=1)])
traceback.print_stack(file=sys.stdout, limit=0)
print(traceback.format_stack()[-1].splitlines()[1])


def in_thread():
    found = [name for name, _ in stack()]
    print(found[-2:])


thread = threading.Thread(target=in_thread)
thread.start()
thread.join()


def hook(args):
    lines = traceback.format_exception(args.exc_type, args.exc_value, args.exc_traceback)
    print([line.strip().splitlines()[-1] for line in lines if "threading.py" not in line])
    print(traceback.extract_tb(args.exc_traceback)[-1].name, args.exc_traceback is not None)


def crash():
    raise OSError(2, "gone", "file.txt")


threading.excepthook = hook
thread = threading.Thread(target=crash)
thread.start()
thread.join()


def sys_hook(kind, value, tb):
    print("hook", kind.__name__, value, traceback.extract_tb(tb)[-1].name)


sys.excepthook = sys_hook


class Problem(Exception):
    def __str__(self):
        raise ValueError("no words")


try:
    raise Problem
except Problem:
    print(traceback.format_exc().splitlines()[-1])
crash()

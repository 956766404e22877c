# What the hook takes can be made by hand, and the default hook be called.
import threading

problem = ValueError("by hand")
args = threading.ExceptHookArgs((ValueError, problem, None, threading.current_thread()))
kind, value, traceback, thread = args
print(kind is ValueError, value is problem, traceback, thread.name)
print(args == (ValueError, problem, None, thread), list(args)[2], args[-1] is thread)
print(repr(threading.ExceptHookArgs([KeyError, KeyError("k"), None, None])))
for wrong in ((1, 2), ()):
    try:
        threading.ExceptHookArgs(wrong)
    except TypeError as error:
        print(error)
try:
    threading.__excepthook__("no arguments of a hook")
except TypeError as error:
    print(error)

threading.__excepthook__(threading.ExceptHookArgs((SystemExit, SystemExit(1), None, thread)))
print("nothing was said of SystemExit")
threading.__excepthook__(args)

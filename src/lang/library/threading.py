# Timers, and the hook for exceptions that end threads.

import sys as _sys
from operator import index as _index
from threading import Event as _Event, Thread as _Thread, current_thread as _current_thread, get_ident as _get_ident


class Timer(_Thread):
    def __init__(self, interval, function, args=None, kwargs=None):
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = _Event()

    def cancel(self):
        self.finished.set()

    def run(self):
        cancelled = self.finished.wait(self.interval)
        if not cancelled:
            self.function(*self.args, **self.kwargs)
            self.finished.set()


_stack_size = [0]


# How large the stacks of new threads are to be: kept, and nothing follows from it.
def stack_size(size=0, /):
    size = _index(size)
    if size < 0:
        raise ValueError("size must be 0 or a positive value")
    if 0 < size < 32768:
        raise ValueError(f"size not valid: {size} bytes")
    before = _stack_size[0]
    _stack_size[0] = size
    return before


class ExceptHookArgs(tuple):
    def __init__(self, fields, /):
        if len(self) != 4:
            raise TypeError(f"_thread._ExceptHookArgs() takes a 4-sequence ({len(self)}-sequence given)")

    @property
    def exc_type(self):
        return self[0]

    @property
    def exc_value(self):
        return self[1]

    @property
    def exc_traceback(self):
        return self[2]

    @property
    def thread(self):
        return self[3]

    def __repr__(self):
        kind, value, traceback, thread = self
        fields = f"exc_type={kind!r}, exc_value={value!r}, exc_traceback={traceback!r}, thread={thread!r}"
        return f"_thread._ExceptHookArgs({fields})"


def __excepthook__(args, /):
    if not isinstance(args, ExceptHookArgs):
        raise TypeError("_thread.excepthook argument type must be ExceptHookArgs")
    if args.exc_type is SystemExit:
        return
    name = _get_ident() if args.thread is None else args.thread.name
    _sys.stderr.write(f"Exception in thread {name}:\n" + __traceback(args.exc_value))


excepthook = __excepthook__


# What a thread does about an exception that ends it; false when the machine is to print the traceback.
def _tell(exception):
    hook = excepthook
    if hook is __excepthook__:
        return False
    try:
        hook(ExceptHookArgs((type(exception), exception, exception.__traceback__, _current_thread())))
    except Exception as error:
        _sys.stderr.write("Exception in threading.excepthook:\n")
        _sys.excepthook(type(error), error, error.__traceback__)
    except BaseException:
        pass  # the thread ends anyway
    return True

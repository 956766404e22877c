# The module under `threading`, as old programs use it: its threads are daemons that nobody joins.

from signal import SIGINT as _SIGINT, raise_signal as _raise_signal
from sys import stderr as _stderr
from threading import (
    Lock as LockType,
    Lock as allocate,
    Lock as allocate_lock,
    RLock,
    TIMEOUT_MAX,
    Thread as _Thread,
    ThreadError as error,
    active_count as _active_count,
    get_ident,
    get_native_id,
    stack_size,
)


class _Started(_Thread):
    def run(self):
        function, args, kwargs = self._args
        try:
            function(*args, **kwargs)
        except SystemExit:
            pass
        except BaseException as problem:
            _stderr.write(f"Exception ignored in thread started by: {function!r}\n" + __traceback(problem))


def start_new_thread(function, args, kwargs={}, /):
    if not callable(function):
        raise TypeError("first arg must be callable")
    if not isinstance(args, tuple):
        raise TypeError("2nd arg must be a tuple")
    if not isinstance(kwargs, dict):
        raise TypeError("optional 3rd arg must be a dictionary")
    thread = _Started(args=(function, args, kwargs), daemon=True)
    thread.start()
    return thread.ident


start_new = start_new_thread


def exit():
    raise SystemExit


exit_thread = exit


def interrupt_main(signum=_SIGINT, /):
    _raise_signal(signum)


def _count():
    return _active_count() - 1

# Signals: constants that are numbers with a name, and the functions that set and send them.

# Tables are tuples: what cannot change is read without an operation.
_SIGNALS = ((1, "SIGHUP"), (2, "SIGINT"), (9, "SIGKILL"), (10, "SIGUSR1"), (12, "SIGUSR2"), (15, "SIGTERM"))
_HANDLERS = ((0, "SIG_DFL"), (1, "SIG_IGN"))
_WORDS = (
    (1, "Hangup"),
    (2, "Interrupt"),
    (9, "Killed"),
    (10, "User defined signal 1"),
    (12, "User defined signal 2"),
    (15, "Terminated"),
)


def _found(table, number):
    for key, word in table:
        if key == number:
            return word
    return None


class _Number(int):
    def __new__(cls, value):
        if _found(cls._NAMES, value) is None:
            raise ValueError(f"{value!r} is not a valid {cls.__name__}")
        return int.__new__(cls, value)

    @property
    def name(self):
        return _found(self._NAMES, self)

    @property
    def value(self):
        return int(self)

    def __str__(self):
        return int.__repr__(self)

    def __format__(self, spec):
        return format(int(self), spec)

    def __repr__(self):
        return f"<{type(self).__name__}.{self.name}: {int(self)}>"


class Signals(_Number):
    _NAMES = _SIGNALS


class Handlers(_Number):
    _NAMES = _HANDLERS


SIGHUP = Signals(1)
SIGINT = Signals(2)
SIGKILL = Signals(9)
SIGUSR1 = Signals(10)
SIGUSR2 = Signals(12)
SIGTERM = Signals(15)
SIG_DFL = Handlers(0)
SIG_IGN = Handlers(1)
_INTERRUPTS = 2


def default_int_handler(signalnum, frame, /):
    raise KeyboardInterrupt


def _number_of(signalnum):
    if not isinstance(signalnum, int):
        raise TypeError(f"'{type(signalnum).__name__}' object cannot be interpreted as an integer")
    return int(signalnum)


def _in_range(signalnum):
    number = _number_of(signalnum)
    if number < 1 or number > 64:
        raise ValueError("signal number out of range")
    return number


# What the machine calls a handler, as the program knows it.
def _handler_of(found):
    if not isinstance(found, int):
        return found
    return default_int_handler if found == _INTERRUPTS else SIG_IGN if found else SIG_DFL


def signal(signalnum, handler, /):
    number = _in_range(signalnum)
    if handler is default_int_handler:
        known = _INTERRUPTS
    elif isinstance(handler, Handlers):
        known = int(handler)
    elif handler == 0 or handler == 1:
        known = int(handler)
    elif callable(handler):
        known = handler
    else:
        raise TypeError("signal handler must be signal.SIG_IGN, signal.SIG_DFL, or a callable object")
    if number == 9 or number == 19:
        raise OSError(22, "Invalid argument")
    return _handler_of(__signal(number, known))


def getsignal(signalnum, /):
    number = _in_range(signalnum)
    return SIG_DFL if number == SIGKILL else _handler_of(__getsignal(number))


def raise_signal(signalnum, /):
    number = _number_of(signalnum)
    if number < 1 or number > 64:
        raise OSError(22, "Invalid argument")
    __raise_signal(number)


def pthread_kill(thread_id, signalnum, /):
    __raise_signal(_in_range(signalnum), thread_id)


def pause():
    __pause()


def strsignal(signalnum, /):
    return _found(_WORDS, _in_range(signalnum))

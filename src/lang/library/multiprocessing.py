# Processes, as `multiprocessing` has them: over the machine's few operations (make one, wait for one, send one a signal, end
# one), the rest is CPython's own logic.

import sys as _sys
from collections import deque as _deque
from concurrent.futures import BrokenExecutor as _BrokenExecutor, Future as _Future
from enum import Enum as _Enum
from os import getpid as _getpid, cpu_count
from queue import Empty as _Empty, Full as _Full, Queue as _Queue, SimpleQueue as _ThreadQueue
from threading import (
    Barrier as _ThreadBarrier,
    BoundedSemaphore as _ThreadBoundedSemaphore,
    Condition as _Condition,
    Event as _ThreadEvent,
    Lock as _Lock,
    RLock as _ThreadRLock,
    Semaphore as _ThreadSemaphore,
    Thread as _Thread,
    current_thread as _current_thread,
)
from math import frexp as _frexp, ldexp as _ldexp
from time import monotonic as _monotonic

_SIGTERM, _SIGKILL = 15, 9


class ProcessError(Exception):
    __module__ = "multiprocessing.context"


class BufferTooShort(ProcessError):
    __module__ = "multiprocessing.context"


class TimeoutError(ProcessError):
    __module__ = "multiprocessing.context"


class AuthenticationError(ProcessError):
    __module__ = "multiprocessing.context"


# What a process knows of itself and of those that it made.
class _Own:
    def __init__(self):
        self._current = None
        self._parent = None
        self._children = []
        self._count = 0
        self._method = None
        self._queues = []
        self._executors = []
        self._pools = []
        self._managers = []
        self._replies = {}
        self._bells = {}
        # Whether the program's module is being run for a process that was spawned.
        self._inheriting = False
        # The locks and the like that may be passed to a process that is spawned.
        self._fit = set()
        self._server = None


_own = _Own()


class Process:
    __module__ = "multiprocessing.context"

    _method = None

    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}, *, daemon=None):
        assert group is None, "group argument must be None for now"
        _own._count += 1
        current = _own._current
        self._identity = current._identity + (_own._count,)
        self._daemon = current._daemon if daemon is None else daemon
        self._parent_pid = _getpid()
        self._parent_name = current._name
        self._number = None
        self._code = None
        self._closed = False
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs)
        self._name = name or type(self).__name__ + "-" + ":".join([str(i) for i in self._identity])

    def _check_closed(self):
        if self._closed:
            raise ValueError("process object is closed")

    def run(self):
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self):
        self._check_closed()
        assert self._number is None, "cannot start a process twice"
        assert self._parent_pid == _getpid(), "can only start a process object created by current process"
        assert not _own._current._daemon, "daemonic processes are not allowed to have children"
        _clean_up()
        method = self._method or get_start_method()
        if method == "fork":
            self._number = _fork(self)
        elif method == "spawn":
            self._number = _spawn(self)
        else:
            self._number = _ask_forkserver(self)
        self._target = self._args = self._kwargs = None
        _own._children.append(self)

    # The exit code, if it is over.
    def _poll(self):
        if self._code is None:
            self._code = __process_wait(self._number, 0)
        return self._code

    def terminate(self):
        self._check_closed()
        self._send(_SIGTERM)

    def kill(self):
        self._check_closed()
        self._send(_SIGKILL)

    def _send(self, signal):
        if self._number is None:
            raise AttributeError("'NoneType' object has no attribute '" + ("terminate" if signal == _SIGTERM else "kill") + "'")
        if self._poll() is None:
            __process_signal(self._number, signal)

    def join(self, timeout=None):
        self._check_closed()
        assert self._parent_pid == _getpid(), "can only join a child process"
        assert self._number is not None, "can only join a started process"
        if self._code is None:
            self._code = __process_wait(self._number, timeout)
        if self._code is not None:
            _forget(self)

    def is_alive(self):
        self._check_closed()
        if self is _own._current:
            return True
        assert self._parent_pid == _getpid(), "can only test a child process"
        if self._number is None:
            return False
        if self._poll() is None:
            return True
        _forget(self)
        return False

    def close(self):
        if self._number is not None:
            if self._poll() is None:
                raise ValueError(
                    "Cannot close a process while it is still running. You should first call join() or terminate()."
                )
            self._number = None
            _forget(self)
        self._closed = True

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        assert isinstance(name, str), "name must be a string"
        self._name = name

    @property
    def daemon(self):
        return self._daemon

    @daemon.setter
    def daemon(self, daemonic):
        assert self._number is None, "process has already started"
        self._daemon = daemonic

    @property
    def exitcode(self):
        self._check_closed()
        if self is _own._current or self._number is None:
            return None
        return self._poll()

    @property
    def ident(self):
        self._check_closed()
        return _getpid() if self is _own._current else self._number

    @property
    def pid(self):
        return self.ident

    @property
    def sentinel(self):
        self._check_closed()
        if self._number is None:
            raise ValueError("process not started")
        return _Sentinel(self._number)

    def __repr__(self):
        code = None
        if self is _own._current:
            status = "started"
        elif self._closed:
            status = "closed"
        elif self._parent_pid != _getpid():
            status = "unknown"
        elif self._number is None:
            status = "initial"
        else:
            code = self._poll()
            status = "started" if code is None else "stopped"
        info = [type(self).__name__, f"name={self._name!r}"]
        if self._number is not None:
            info.append(f"pid={self._number}")
        info.append(f"parent={self._parent_pid}")
        info.append(status)
        if code is not None:
            info.append(f"exitcode={_exit_name(code)}")
        if self._daemon:
            info.append("daemon")
        return "<" + " ".join(info) + ">"


BaseProcess = Process


def _exit_name(code):
    names = ((-9, "-SIGKILL"), (-15, "-SIGTERM"), (-2, "-SIGINT"), (-1, "-SIGHUP"), (-10, "-SIGUSR1"), (-12, "-SIGUSR2"))
    for known, name in names:
        if known == code:
            return name
    return code


class _Sentinel(int):
    pass


class _MainProcess(Process):
    def __init__(self):
        self._identity = ()
        self._name = "MainProcess"
        self._parent_pid = None
        self._number = None
        self._code = None
        self._closed = False
        self._daemon = False


class _ParentProcess:
    def __init__(self, name, number):
        self._name = name
        self._number = number

    @property
    def name(self):
        return self._name

    @property
    def pid(self):
        return self._number

    @property
    def ident(self):
        return self._number

    @property
    def sentinel(self):
        return _Sentinel(self._number)

    def is_alive(self):
        return __process_wait(self._number, 0) is None

    def join(self, timeout=None):
        __process_wait(self._number, timeout)


_own._current = _MainProcess()


# Ways to make a process: each gives its number.


def _fork(process):
    number = __fork(process._name)
    if not number:
        __process_leave(_run(process))
    return number


def _spawn(process):
    from multiprocessing import spawn

    _check_not_importing_main()
    message, ends = _for_child(process)
    told = process._name, get_start_method(), message, False
    return __spawn(process._name, told, ends, True)


# There a process that does nothing else makes the others.
def _ask_forkserver(process):
    from multiprocessing import spawn

    _check_not_importing_main()
    message, ends = _for_child(process)
    for channel, writes in ends:
        __channel_open(channel, writes)
    if _own._server is None or __process_wait(_own._server[0], 0) is not None:
        requests = __world_channel(_SOCKET, "")
        told = "forkserver", None, None, requests
        _own._server = __spawn("forkserver", told, ((requests, False),), False), requests
    reply = _reply_channel()
    told = process._name, get_start_method(), message, True
    __channel_send(_own._server[1], (told, ends, _getpid(), reply), 200)
    return __channel_receive(reply)[0]


def _serve_forks(requests):
    while True:
        got = __channel_receive(requests)
        if not got:
            return
        told, ends, maker, reply = got[0]
        for channel, writes in ends:
            __channel_take(channel, writes, maker)
        number = __spawn(told[0], told, ends, True)
        for channel, writes in ends:
            __channel_close(channel, writes)
        __channel_send(reply, number, 8)


def _check_not_importing_main():
    if _own._inheriting:
        raise RuntimeError('''
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        ''')


# The process object, written down for the process that is about to be made, and the ends of channels that go there with it.
def _for_child(process):
    ends = []
    message, size = _dumps(process, ends)
    return message, tuple(ends)


# A process that is spawned knows its name before it runs the program's module.
def _begin_as(told):
    name, method, message, how = told
    _own._current._name = name
    _own._inheriting = True
    _own._method = method
    return told


_told = __told and _begin_as(__told)


# And when it has run that, it does what it was made for.
def _begin():
    name, method, message, how = _told
    if message is None:
        __process_leave(_serve_forks(how) or 0)
    process = _loads(message)
    _own._inheriting = False
    code = _run(process)
    if how:
        __process_leave(code)
    _sys.exit(code)


def _forget(process):
    if process in _own._children:
        _own._children.remove(process)


def _clean_up():
    for process in list(_own._children):
        if process._poll() is not None:
            _forget(process)


# What a new process does: it gives its exit code.
def _run(process):
    _own._children = []
    _own._queues = []
    _own._executors = []
    _own._pools = []
    _own._managers = []
    _own._replies = {}
    _own._bells = {}
    _own._server = None
    _own._count = 0
    _own._current = process
    _own._parent = _ParentProcess(process._parent_name, process._parent_pid)
    try:
        try:
            process.run()
            code = 0
        finally:
            _exit_function()
    except SystemExit as exit:
        if exit.code is None:
            code = 0
        elif isinstance(exit.code, int):
            code = exit.code
        else:
            _sys.stderr.write(str(exit.code) + "\n")
            code = 1
    except BaseException as error:
        code = 1
        _sys.stderr.write(f"Process {process._name}:\n" + __traceback(error))
    finally:
        __process_settle()
    return code


# At the end of a process its children, of which daemons are ended and the others waited for, and what it has put into
# queues and is not on its way yet.
def _exit_function():
    for executor in _own._executors:
        executor.shutdown()
    for pool in list(_own._pools):
        pool.terminate()
    for manager in list(_own._managers):
        manager.shutdown()
    queues = list(_own._queues)
    for queue in queues:
        queue._end()
    for process in active_children():
        if process._daemon:
            process._send(_SIGTERM)
    for process in active_children():
        process.join()
    for queue in queues:
        queue._feeder.join()


def current_process():
    return _own._current


def parent_process():
    return _own._parent


def active_children():
    _clean_up()
    return list(_own._children)


def freeze_support():
    pass


# Synchronization: these lie in no process. What is made for processes that are forked cannot be passed to others.


def _for(ctx, value):
    if (get_start_method() if ctx is None else ctx._method) != "fork":
        _own._fit.add(id(value))
    return value


def Lock(*, ctx=None):
    return _for(ctx, __world_lock(""))


def RLock(*, ctx=None):
    return _for(ctx, __world_rlock(""))


def _at_first(value):
    if isinstance(value, int) and value < 0:
        raise OSError(22, "Invalid argument")
    return value


def Semaphore(value=1, *, ctx=None):
    return _for(ctx, __world_semaphore(_at_first(value), False, ""))


def BoundedSemaphore(value=1, *, ctx=None):
    return _for(ctx, __world_semaphore(_at_first(value), True, ""))


def Event(*, ctx=None):
    return _for(ctx, __world_event(""))


def Condition(lock=None, *, ctx=None):
    return _for(ctx, __world_condition(_for(ctx, __world_rlock(".lock")) if lock is None else lock, ""))


def Barrier(parties, action=None, timeout=None, *, ctx=None):
    return _for(ctx, __world_barrier(parties, action, ""))


# What crosses from one process to another is copied: written down as values that refer to nothing in a process, and read
# there. A message is such a value as it is, or in a `_Written`'s place a tuple of nodes: `(tag, ...)`.
#
#   ("v", value)                as it is
#   ("m", number)               what has that number in this message
#   ("t", number, items)        a tuple; likewise "l", "s", "f", "q": a list, set, frozenset, deque
#   ("d", number, pairs)        a dict
#   ("g", module, name)         a function or class at module level
#   ("c", method, owner)        a bound method
#   ("i", number, class, state) an instance
#   ("x", number, class, args, state) an exception
#   ("r", number, function, args, state) what `__reduce__` gives
#   ("b", number, class, value, state) an instance of a class that inherits from a builtin type
#   ("k", number, class, items, state) likewise from list or dict: its items are put into it
#   ("e", class, name)          a member of an enumeration
#   ("w", object)               what lies in no process


class PickleError(Exception):
    __module__ = "_pickle"


class PicklingError(PickleError):
    __module__ = "_pickle"


# `ends`: where the ends of channels are added that a new process gets; without it nothing goes that only a new process can have.
def _dumps(value, ends=None):
    size = __flat(value)
    if size is not None:
        return (value,), size + 5
    writer = _Writer(ends)
    node = writer._node(value)
    return (None, node), writer._size + 5


def _loads(message):
    if len(message) == 1:
        return message[0]
    return _read(message[1], {})


_MARKS = ((tuple, "t"), (list, "l"), (set, "s"), (frozenset, "f"), (_deque, "q"))


class _Writer:
    def __init__(self, ends):
        self._ends = ends
        self._numbers = {}
        self._kept = []
        self._size = 10

    def _number(self, value):
        number = self._numbers[id(value)] = len(self._kept)
        self._kept.append(value)
        return number

    def _node(self, value):
        size = __flat(value)
        if size is not None:
            self._size += size
            return ("v", value)
        number = None if type(value) is tuple else self._numbers.get(id(value))
        if number is not None:
            self._size += 2
            return ("m", number)
        self._size += 6
        kind = type(value)
        for known, mark in _MARKS:
            if kind is known:
                # A tuple goes by its items: which of two equal ones it was, nobody can tell.
                number = None if kind is tuple else self._number(value)
                items = tuple([self._node(item) for item in value])
                return (mark, number, items, value.maxlen) if kind is _deque else (mark, number, items)
        if kind is dict:
            number = self._number(value)
            return ("d", number, tuple([(self._node(key), self._node(item)) for key, item in value.items()]))
        name = kind.__name__
        if name == "function" or isinstance(value, type):
            return self._global(value)
        if name == "builtin_function_or_method":
            return ("w", value)
        if name == "method":
            return ("c", value.__name__, self._node(value.__self__))
        if __is_of_world(value):
            # What these two are made of in CPython is a condition.
            self._check_inherited("Condition" if name in ("Event", "Barrier") else name)
            if id(value) not in _own._fit:
                raise RuntimeError(
                    "A SemLock created in a fork context is being shared with a process in a spawn context. This is "
                    "not supported. Please use the same context to create multiprocessing objects and Process."
                )
            return ("w", value)
        if name in _REFUSED and not isinstance(value, _Crossing) and not hasattr(value, "__reduce__"):
            raise TypeError(f"cannot pickle '{_REFUSED[name]}' object")
        return self._instance(value, kind)

    def _check_inherited(self, name):
        if self._ends is None:
            raise RuntimeError(f"{name} objects should only be shared between processes through inheritance")

    def _global(self, value):
        module, name = value.__module__, value.__qualname__
        if module.startswith("multiprocessing.") or module == "concurrent.futures.process":
            module = "multiprocessing"  # which all of these are written in
        self._size += len(module) + len(name) + 6
        if "<locals>" in name:
            raise AttributeError(f"Can't pickle local object '{name}'")
        try:
            found = _found(module, name)
        except AttributeError:
            raise PicklingError(f"Can't pickle {value!r}: attribute lookup {name} on {module} failed") from None
        if found is not value and found != value:
            raise PicklingError(f"Can't pickle {value!r}: it's not the same object as {module}.{name}")
        return ("g", module, name)

    def _instance(self, value, kind):
        if isinstance(value, _Enum):
            return ("e", self._node(kind), value.name)
        node = self._node(kind)
        if isinstance(value, _Crossing):
            made = value._cross(self)
        elif isinstance(value, Process) and self._ends is None:
            raise TypeError("Pickling an AuthenticationString object is disallowed for security reasons")
        else:
            reduce = getattr(value, "__reduce__", None)
            made = reduce and reduce()
        if made is not None:
            number = self._number(value)
            state = made[2] if len(made) > 2 else None
            return ("r", number, self._node(made[0]), self._node(tuple(made[1])), self._node(state))
        number = self._number(value)
        get = getattr(value, "__getstate__", None)
        state = get() if get is not None else _state_of(value)
        if isinstance(value, BaseException):
            return ("x", number, node, self._node(value.args), self._node(state))
        if isinstance(value, (list, dict)):
            items = list(value.items()) if isinstance(value, dict) else list(value)
            return ("k", number, node, self._node(items), self._node(state))
        for base in _BASES:
            if isinstance(value, base):
                return ("b", number, node, self._node(base(value)), self._node(state))
        return ("i", number, node, self._node(state))


def _found(module, name):
    first, *rest = name.split(".")
    __load_module(module)
    found = __global(module, first)
    for part in rest:
        found = getattr(found, part)
    return found


# What knows itself how it goes to another process.
class _Crossing:
    # The function that makes it there, and its arguments.
    def _cross(self, writer):
        writer._check_inherited(type(self).__name__)
        return _made_there, (type(self), self._state_there(writer))

    # The process gets these ends.
    def _hand_over(self, writer, channel, *ends):
        for writes in ends:
            writer._ends.append((channel, writes))


def _made_there(kind, state):
    made = object.__new__(kind)
    for name, value in state.items():
        object.__setattr__(made, name, value)
    made._arrive()
    return made


_BASES = (int, float, str, bytes, tuple, set, frozenset)
_REFUSED = {
    "lock": "_thread.lock",
    "RLock": "_thread.RLock",
    "Condition": "_thread.RLock",
    "Semaphore": "_thread.lock",
    "BoundedSemaphore": "_thread.lock",
    "Event": "_thread.lock",
    "Barrier": "_thread.lock",
    "Thread": "_thread.lock",
    "Timer": "_thread.lock",
    "Queue": "_thread.lock",
    "LifoQueue": "_thread.lock",
    "PriorityQueue": "_thread.lock",
    "SimpleQueue": "_queue.SimpleQueue",
    "ThreadPoolExecutor": "_thread.lock",
    "Future": "_thread.RLock",
    "generator": "generator",
    "_TextFile": "_io.TextIOWrapper",
    "_BinaryFile": "_io.BufferedReader",
    "StringIO": "_io.StringIO",
    "BytesIO": "_io.BytesIO",
    "_local": "_thread._local",
    "module": "module",
}


def _state_of(value):
    state = dict(vars(value)) if hasattr(value, "__dict__") else None
    slots = getattr(type(value), "__slots__", ())
    if slots:
        slots = (slots,) if isinstance(slots, str) else slots
        return (state, {name: getattr(value, name) for name in slots if hasattr(value, name)})
    return state


def _set_state(value, state):
    own = getattr(value, "__setstate__", None)
    if own is not None:
        if state is not None:
            own(state)
        return
    if isinstance(state, tuple):
        state, slots = state
        for name, item in slots.items():
            object.__setattr__(value, name, item)
    if state:
        for name, item in state.items():
            object.__setattr__(value, name, item)


def _read(node, known):
    mark = node[0]
    if mark == "v":
        return node[1]
    if mark == "w":
        if __is_of_world(node[1]):
            _own._fit.add(id(node[1]))
        return node[1]
    if mark == "m":
        return known[node[1]]
    if mark == "g":
        return _found(node[1], node[2])
    if mark == "c":
        return getattr(_read(node[2], known), node[1])
    if mark == "e":
        return _read(node[1], known)[node[2]]
    number = node[1]
    if mark == "l":
        made = known[number] = []
        for item in node[2]:
            made.append(_read(item, known))
        return made
    if mark == "d":
        made = known[number] = {}
        for key, item in node[2]:
            made[_read(key, known)] = _read(item, known)
        return made
    if mark == "s":
        made = known[number] = set()
        for item in node[2]:
            made.add(_read(item, known))
        return made
    if mark == "q":
        made = known[number] = _deque((), node[3])
        for item in node[2]:
            made.append(_read(item, known))
        return made
    if mark == "t" or mark == "f":
        items = [_read(item, known) for item in node[2]]
        if mark == "t":
            return tuple(items)
        made = known[number] = frozenset(items)
        return made
    if mark == "r":
        made = known[number] = _read(node[2], known)(*_read(node[3], known))
        state = _read(node[4], known)
        if state is not None:
            _set_state(made, state)
        return made
    kind = _read(node[2], known)
    if mark == "i":
        made = known[number] = object.__new__(kind)
        _set_state(made, _read(node[3], known))
        return made
    if mark == "k":
        items = _read(node[3], known)
        if issubclass(kind, dict):
            made = known[number] = dict.__new__(kind)
            for key, item in items:
                made[key] = item
        else:
            made = known[number] = list.__new__(kind)
            made.extend(items)
    elif mark == "x":
        made = known[number] = kind(*_read(node[3], known))
    elif hasattr(kind, "_fields"):
        made = known[number] = kind(*_read(node[3], known))
        return made
    else:
        made = known[number] = kind(_read(node[3], known))
    _set_state(made, _read(node[4], known))
    return made


# Pipes.

_PIPE, _SOCKET = 65536, 212992


class Connection(_Crossing):
    __module__ = "multiprocessing.connection"

    def __init__(self, reads, writes):
        self._reads = reads
        self._writes = writes
        self._closed = False

    def _cross(self, writer):
        self._check()
        ends = [(self._reads, False), (self._writes, True)]
        ends = [(channel, writes) for channel, writes in ends if channel is not None]
        if writer._ends is not None:
            writer._ends.extend(ends)
            return Connection, (self._reads, self._writes)
        # Until the other one has it, this process holds it once more.
        for channel, writes in ends:
            __channel_open(channel, writes)
        return _connect, (self._reads, self._writes, _getpid())

    @property
    def closed(self):
        return self._closed

    @property
    def readable(self):
        return self._reads is not None

    @property
    def writable(self):
        return self._writes is not None

    def _check(self):
        if self._closed:
            raise OSError("handle is closed")

    def _check_readable(self):
        self._check()
        if self._reads is None:
            raise OSError("connection is write-only")

    def _check_writable(self):
        self._check()
        if self._writes is None:
            raise OSError("connection is read-only")

    def fileno(self):
        self._check()
        return 3 + (self._reads if self._reads is not None else self._writes)

    def send(self, obj):
        self._check_writable()
        message, size = _dumps(obj)
        self._send(message, size)

    def _send(self, message, size):
        if not __channel_send(self._writes, message, size):
            raise BrokenPipeError(32, "Broken pipe")

    def recv(self):
        self._check_readable()
        return _loads(self._receive())

    def _receive(self):
        got = __channel_receive(self._reads)
        if not got:
            raise EOFError
        return got[0]

    def send_bytes(self, buf, offset=0, size=None):
        self._check_writable()
        if not isinstance(buf, bytes) and type(buf).__name__ != "bytearray":
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(buf).__name__}'")
        length = len(buf)
        if offset < 0:
            raise ValueError("offset is negative")
        if length < offset:
            raise ValueError("buffer length < offset")
        if size is None:
            size = length - offset
        elif size < 0:
            raise ValueError("size is negative")
        elif offset + size > length:
            raise ValueError("buffer length < offset + size")
        data = bytes(buf)[offset : offset + size]
        self._send((data,), len(data) + 4)

    def recv_bytes(self, maxlength=None):
        self._check_readable()
        if maxlength is not None and maxlength < 0:
            raise ValueError("negative maxlength")
        data = self._receive()[0]
        if maxlength is not None and len(data) > maxlength:
            self.close()
            raise OSError("bad message length")
        return data

    # What is too much for the buffer is lost for the connection, and the error has it.
    def recv_bytes_into(self, buf, offset=0):
        self._check_readable()
        fixed = isinstance(buf, bytes)
        if not fixed and type(buf).__name__ != "bytearray":
            raise TypeError(f"memoryview: a bytes-like object is required, not '{type(buf).__name__}'")
        if offset < 0:
            raise ValueError("negative offset")
        if offset > len(buf):
            raise ValueError("offset too large")
        data = self._receive()[0]
        if len(buf) < offset + len(data):
            raise BufferTooShort(data)
        if fixed:
            raise TypeError("readinto() argument must be read-write bytes-like object, not memoryview")
        buf[offset : offset + len(data)] = data
        return len(data)

    def poll(self, timeout=0.0):
        self._check_readable()
        return __channel_poll(self._reads, timeout)

    def close(self):
        if not self._closed:
            self._closed = True
            if self._reads is not None:
                __channel_close(self._reads, False)
            if self._writes is not None:
                __channel_close(self._writes, True)

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, exc_tb):
        self.close()


def _connect(reads, writes, holder):
    for channel, end in ((reads, False), (writes, True)):
        if channel is not None and not __channel_take(channel, end, holder):
            raise FileNotFoundError(2, "No such file or directory")
    return Connection(reads, writes)


# What of several can be received from, or is over: as soon as there is something.
def wait(object_list, timeout=None):
    objects = list(object_list)
    deadline = None if timeout is None else _monotonic() + max(timeout, 0)
    while True:
        ready = [it for it in objects if _is_ready(it)]
        if ready:
            return ready
        rest = None if deadline is None else deadline - _monotonic()
        if rest is not None and rest <= 0:
            return ready
        bell = _bell()
        for it in objects:
            if isinstance(it, Connection):
                late = __channel_watch(it._reads, bell)
                if late is not None and (rest is None or late < rest):
                    rest = late
            else:
                __process_tell(it, bell)
        if __channel_poll(bell, rest):
            __channel_receive(bell)


def _is_ready(it):
    if isinstance(it, Connection):
        return it.poll()
    if not isinstance(it, _Sentinel):
        raise ValueError(f"Invalid file object: {it!r}")
    return __process_wait(it, 0) is not None


# In which a thread is told that it is time to look again.
def _bell():
    key = _getpid(), _current_thread().ident
    found = _own._bells.get(key)
    if found is None:
        found = _own._bells[key] = __world_channel(_PIPE, ".bell")
    return found


def Pipe(duplex=True):
    if duplex:
        there, back = __world_channel(_SOCKET, ""), __world_channel(_SOCKET, "")
        # Each of the two connections has one end of each channel: the process holds every end once.
        return Connection(back, there), Connection(there, back)
    channel = __world_channel(_PIPE, "")
    return Connection(channel, None), Connection(None, channel)


# Queues.


class Queue(_Crossing):
    __module__ = "multiprocessing.queues"

    def __init__(self, maxsize=0, *, ctx=None):
        if maxsize <= 0:
            maxsize = 2147483647
        self._maxsize = maxsize
        self._title = __variable("queue")
        self._channel = __world_channel(_PIPE, self._title)
        self._read_lock = _for(ctx, __world_lock(".read"))
        self._write_lock = _for(ctx, __world_lock(".write"))
        self._room = _for(ctx, __world_semaphore(maxsize, True, ".room"))
        self._unfinished = None
        self._maker = _getpid()
        self._reset(_getpid())

    @property
    def _reader(self):
        return Connection(self._channel, None)

    # What each process has for itself.
    def _reset(self, process):
        title = self._title
        self._process = process
        self._buffer = _deque()
        self._not_empty = _Condition(_Lock())
        self._feeder = None
        self._cancelled = False
        self._closed = False
        self._joined = False

    def _here(self):
        process = _getpid()
        if self._process != process:
            self._reset(process)

    def _state_there(self, writer):
        self._hand_over(writer, self._channel, False, True)
        return {name: getattr(self, name) for name in self._CROSS}

    _CROSS = ("_maxsize", "_title", "_channel", "_read_lock", "_write_lock", "_room", "_unfinished", "_maker")

    def _arrive(self):
        self._reset(_getpid())

    def put(self, obj, block=True, timeout=None):
        self._here()
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if not self._room.acquire(block, timeout):
            raise _Full
        with self._not_empty:
            if self._feeder is None:
                self._start_feeder()
            self._buffer.append(obj)
            self._count()
            self._not_empty.notify()

    def _count(self):
        pass

    def get(self, block=True, timeout=None):
        self._here()
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if block and timeout is None:
            with self._read_lock:
                got = __channel_receive(self._channel)
            self._room.release()
        else:
            deadline = _monotonic() + timeout if block else None
            if not self._read_lock.acquire(block, timeout):
                raise _Empty
            try:
                rest = max(deadline - _monotonic(), 0) if block else 0
                if not __channel_poll(self._channel, rest):
                    raise _Empty
                got = __channel_receive(self._channel)
                self._room.release()
            finally:
                self._read_lock.release()
        if not got:
            raise EOFError
        return _loads(got[0])

    def put_nowait(self, obj):
        return self.put(obj, False)

    def get_nowait(self):
        return self.get(False)

    def qsize(self):
        return self._maxsize - self._room.get_value()

    def empty(self):
        if self._closed and self._feeder is not None:  # who closes the end that is read
            raise OSError("handle is closed")
        return not __channel_poll(self._channel, 0)

    def full(self):
        return self._room.get_value() == 0

    def close(self):
        self._here()
        if self._closed:
            return
        self._closed = True
        if self._feeder is not None:
            self._end()

    def join_thread(self):
        self._here()
        assert self._closed, f"Queue {self!r} not closed"
        if self._feeder is not None:
            self._feeder.join()

    def cancel_join_thread(self):
        self._here()
        self._cancelled = True
        if self in _own._queues:
            _own._queues.remove(self)

    def _start_feeder(self):
        self._buffer.clear()
        self._feeder = _Thread(target=self._feed, name="QueueFeederThread", daemon=True)
        self._feeder.start()
        if not self._cancelled:
            _own._queues.append(self)

    # Nothing more will be put: the process is about to end.
    def _end(self):
        with self._not_empty:
            self._buffer.append(_LAST)
            self._not_empty.notify()

    def _feed(self):
        while True:
            with self._not_empty:
                while not self._buffer:
                    self._not_empty.wait()
                obj = self._buffer.popleft()
            if obj is _LAST:
                return
            try:
                message, size = _dumps(obj)
            except Exception as error:
                self._room.release()
                _sys.stderr.write(__traceback(error))
                continue
            with self._write_lock:
                sent = __channel_send(self._channel, message, size)
            if not sent:
                return


class _Last:
    pass


_LAST = _Last()


class JoinableQueue(Queue):
    __module__ = "multiprocessing.queues"

    def __init__(self, maxsize=0, *, ctx=None):
        super().__init__(maxsize, ctx=ctx)
        self._unfinished = _for(ctx, __world_semaphore(0, False, ".unfinished"))
        self._all_done = _for(ctx, __world_condition(_for(ctx, __world_lock(".done.lock")), ".done"))

    _CROSS = Queue._CROSS + ("_all_done",)

    def put(self, obj, block=True, timeout=None):
        self._here()
        if self._closed:
            raise ValueError(f"Queue {self!r} is closed")
        if not self._room.acquire(block, timeout):
            raise _Full
        with self._not_empty:
            with self._all_done:
                if self._feeder is None:
                    self._start_feeder()
                self._buffer.append(obj)
                self._unfinished.release()
                self._not_empty.notify()

    def task_done(self):
        with self._all_done:
            if not self._unfinished.acquire(False):
                raise ValueError("task_done() called too many times")
            if self._unfinished.get_value() == 0:
                self._all_done.notify_all()

    def join(self):
        with self._all_done:
            if self._unfinished.get_value() != 0:
                self._all_done.wait()


class SimpleQueue(_Crossing):
    __module__ = "multiprocessing.queues"

    def __init__(self, *, ctx=None):
        self._channel = __world_channel(_PIPE, "")
        self._read_lock = _for(ctx, __world_lock(".read"))
        self._write_lock = _for(ctx, __world_lock(".write"))
        self._closed = False

    def _check_closed(self):
        if self._closed:
            raise OSError("handle is closed")

    def _state_there(self, writer):
        self._hand_over(writer, self._channel, False, True)
        return vars(self)

    def _arrive(self):
        pass

    @property
    def _reader(self):
        return Connection(self._channel, None)

    def empty(self):
        self._check_closed()
        return not __channel_poll(self._channel, 0)

    def get(self):
        with self._read_lock:
            self._check_closed()
            got = __channel_receive(self._channel)
        if not got:
            raise EOFError
        return _loads(got[0])

    def put(self, obj):
        message, size = _dumps(obj)
        with self._write_lock:
            self._check_closed()
            __channel_send(self._channel, message, size)

    def close(self):
        self._closed = True
        __channel_close(self._channel, False)
        __channel_close(self._channel, True)


# Shared memory.

# What a C type holds: its kind, its bits (0: no limit), whether it has a sign, and what it is called; those of one size are one.
_CODES = {
    "c": ("char", 0, False, "c_char"),
    "b": ("int", 8, True, "c_byte"),
    "B": ("int", 8, False, "c_ubyte"),
    "h": ("int", 16, True, "c_short"),
    "H": ("int", 16, False, "c_ushort"),
    "i": ("int", 32, True, "c_int"),
    "I": ("int", 32, False, "c_uint"),
    "l": ("int", 64, True, "c_long"),
    "L": ("int", 64, False, "c_ulong"),
    "q": ("int", 64, True, "c_long"),
    "Q": ("int", 64, False, "c_ulong"),
    "f": ("single", 32, True, "c_float"),
    "d": ("float", 64, True, "c_double"),
    "u": ("text", 0, False, "c_wchar"),
    "?": ("truth", 8, False, "c_bool"),
}


def _code_of(typecode):
    if isinstance(typecode, str):
        # The letter for a truth is none of those that CPython has here.
        if typecode == "?" or typecode not in _CODES:
            raise TypeError("this type has no size")
        return _CODES[typecode]
    if isinstance(typecode, type) and hasattr(typecode, "_type_"):
        return _CODES[typecode._type_]
    raise TypeError("this type has no size")


# The nearest number that four bytes hold.
def _nearest_single(value):
    if value == 0 or value - value != 0:
        return value
    fraction, exponent = _frexp(value)
    digits = 24 if exponent > -126 else 150 + exponent - 1
    rounded = _ldexp(round(_ldexp(fraction, digits)), exponent - digits)
    return rounded if abs(rounded) < 2.0**128 else value * 1e308 * 10


def _convert(code, value):
    kind, bits, signed, _ = code
    if kind == "int":
        if not isinstance(value, int):
            if isinstance(value, float) or not hasattr(value, "__index__"):
                raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
            value = value.__index__()
        value = int(value) & ((1 << bits) - 1)
        return value - (1 << bits) if signed and value >> (bits - 1) else value
    if kind == "float" or kind == "single":
        if not isinstance(value, (int, float)):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        return float(value) if kind == "float" else _nearest_single(float(value))
    if kind == "truth":
        return bool(value)
    if kind == "char":
        if isinstance(value, int) and 0 <= value < 256:
            return bytes([value])
        if not isinstance(value, bytes) or len(value) != 1:
            raise TypeError("one character bytes, bytearray or integer expected")
    return value


def _blank(code):
    kind = code[0]
    if kind == "int" or kind == "truth":
        return 0 if kind == "int" else False
    return 0.0 if kind == "float" or kind == "single" else b"\x00" if kind == "char" else "\x00"


def _joined(code, found):
    if code[0] != "char":
        return "".join(found) if code[0] == "text" else list(found)
    text = b""
    for part in found:
        text += part
    return text


class _RawValue(_Crossing):
    def __init__(self, code, value, name):
        self._code = code
        self._cells = __world_cells((value,), name)

    def __repr__(self):
        return f"{self._code[3]}({self.value!r})"

    def _state_there(self, writer):
        return vars(self)

    def _arrive(self):
        pass

    @property
    def value(self):
        return __cell(self._cells, 0)

    @value.setter
    def value(self, value):
        __set_cell(self._cells, 0, _convert(self._code, value))


class _RawArray(_Crossing):
    def __init__(self, code, values, name):
        self._code = code
        self._length = len(values)
        self._cells = __world_cells(tuple(values), name)

    def _state_there(self, writer):
        return vars(self)

    def _arrive(self):
        pass

    def __len__(self):
        return self._length

    def _index(self, index):
        index = index.__index__()
        if index < 0:
            index += self._length
        if not 0 <= index < self._length:
            raise IndexError("invalid index")
        return index

    def __getitem__(self, index):
        if isinstance(index, slice):
            start, stop, step = index.indices(self._length)
            if step == 1:
                found = __cells(self._cells, start, stop, 1)
            else:
                everything = __cells(self._cells, 0, self._length, 1)
                found = everything[index]
            return _joined(self._code, found)
        return __cell(self._cells, self._index(index))

    def __setitem__(self, index, value):
        if isinstance(index, slice):
            places = range(*index.indices(self._length))
            values = [value[i : i + 1] for i in range(len(value))] if isinstance(value, bytes) else list(value)
            if len(values) != len(places):
                raise ValueError("Can only assign sequence of same size")
            for place, item in zip(places, values):
                __set_cell(self._cells, place, _convert(self._code, item))
        else:
            place = self._index(index)
            __set_cell(self._cells, place, _convert(self._code, value))

    def __iter__(self):
        for index in range(self._length):
            yield __cell(self._cells, index)

    def __contains__(self, value):
        return value in __cells(self._cells, 0, self._length, 1)

    @property
    def value(self):
        if self._code[0] != "char":
            raise AttributeError("'Array' object has no attribute 'value'")
        found = __cells(self._cells, 0, self._length, 1)
        return _joined(self._code, found[: found.index(b"\x00")] if b"\x00" in found else found)

    @value.setter
    def value(self, value):
        if len(value) > self._length:
            raise ValueError("byte string too long")
        for place, item in enumerate(value + b"\x00" * (len(value) < self._length)):
            __set_cell(self._cells, place, bytes([item]))

    @property
    def raw(self):
        return self[:]


def RawValue(typecode_or_type, *args):
    code = _code_of(typecode_or_type)
    return _RawValue(code, _convert(code, args[0]) if args else _blank(code), "")


def _values_of(code, size_or_initializer):
    if isinstance(size_or_initializer, int):
        if size_or_initializer < 0:
            raise ValueError(f"Array length must be >= 0, not {size_or_initializer}")
        return [_blank(code)] * size_or_initializer
    if isinstance(size_or_initializer, bytes):
        return [bytes([item]) for item in size_or_initializer]
    return [_convert(code, item) for item in size_or_initializer]


def RawArray(typecode_or_type, size_or_initializer):
    code = _code_of(typecode_or_type)
    return _RawArray(code, _values_of(code, size_or_initializer), "")


class SynchronizedBase(_Crossing):
    __module__ = "multiprocessing.sharedctypes"

    def __repr__(self):
        return f"<{type(self).__name__} wrapper for {self._obj}>"

    def __init__(self, obj, lock):
        self._obj = obj
        self._lock = lock
        self._arrive()

    def _state_there(self, writer):
        return {"_obj": self._obj, "_lock": self._lock}

    def _arrive(self):
        self.acquire = self._lock.acquire
        self.release = self._lock.release

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *args):
        return self._lock.__exit__(*args)

    def get_obj(self):
        return self._obj

    def get_lock(self):
        return self._lock


class Synchronized(SynchronizedBase):
    __module__ = "multiprocessing.sharedctypes"

    @property
    def value(self):
        with self._lock:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self._lock:
            self._obj.value = value


class SynchronizedArray(SynchronizedBase):
    __module__ = "multiprocessing.sharedctypes"

    def __len__(self):
        return len(self._obj)

    def __getitem__(self, i):
        with self._lock:
            return self._obj[i]

    def __setitem__(self, i, value):
        with self._lock:
            self._obj[i] = value

    def __iter__(self):
        for i in range(len(self._obj)):
            yield self[i]

    def __contains__(self, value):
        with self._lock:
            return value in self._obj

    @property
    def value(self):
        with self._lock:
            return self._obj.value

    @value.setter
    def value(self, value):
        with self._lock:
            self._obj.value = value

    @property
    def raw(self):
        with self._lock:
            return self._obj.raw


def _locked(obj, kind, lock, ctx):
    if lock is False:
        return obj
    if lock is True or lock is None:
        lock = _for(ctx, __world_rlock(".lock"))
    if not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return kind(obj, lock)


def Value(typecode_or_type, *args, lock=True, ctx=None):
    return _locked(RawValue(typecode_or_type, *args), Synchronized, lock, ctx)


def Array(typecode_or_type, size_or_initializer, *, lock=True, ctx=None):
    return _locked(RawArray(typecode_or_type, size_or_initializer), SynchronizedArray, lock, ctx)


# One end of a channel that several processes share, who take turns with it.
class _Lane(_Crossing):
    def __init__(self, channel, writes, lock):
        self._channel = channel
        self._writes = writes
        self._lock = lock

    def _state_there(self, writer):
        self._hand_over(writer, self._channel, self._writes)
        return vars(self)

    def _arrive(self):
        pass

    # A message, or nothing when none will come.
    def get(self):
        with self._lock:
            got = __channel_receive(self._channel)
        return _loads(got[0]) if got else None

    def put(self, value):
        message, size = _dumps(value)
        with self._lock:
            __channel_send(self._channel, message, size)


# Pools.

_RUN, _CLOSE, _TERMINATE = "RUN", "CLOSE", "TERMINATE"


class RemoteTraceback(Exception):
    __module__ = "multiprocessing.pool"

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


class MaybeEncodingError(Exception):
    __module__ = "multiprocessing.pool"

    def __init__(self, exc, value):
        self.exc = repr(exc)
        self.value = repr(value)
        super().__init__(self.exc, self.value)

    def __str__(self):
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"

    def __repr__(self):
        return f"<{type(self).__name__}: {self}>"


# What a call gives: whether it went well, and its result or its exception, with the traceback's text.
def _outcome(function, arguments, keywords):
    try:
        return True, function(*arguments, **keywords), None
    except Exception as error:
        return False, error, __traceback(error)


# The exception, as one that was raised elsewhere.
def _from_elsewhere(error, text):
    if text is not None:
        error.__cause__ = RemoteTraceback(f'\n"""\n{text}"""')
    return error


def _map_star(function, items):
    return [function(item) for item in items]


def _star_map_star(function, items):
    return [function(*iter(item)) for item in items]


class ApplyResult:
    __module__ = "multiprocessing.pool"

    def __init__(self, pool, callback, error_callback):
        self._pool = pool
        title = pool._title
        self._event = _ThreadEvent()
        self._callback = callback
        self._error_callback = error_callback
        self._success = None
        self._value = None
        self._job = pool._enter(self)

    def ready(self):
        return self._event.is_set()

    def successful(self):
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._success

    def wait(self, timeout=None):
        self._event.wait(timeout)

    def get(self, timeout=None):
        self.wait(timeout)
        if not self.ready():
            raise TimeoutError
        if self._success:
            return self._value
        raise self._value

    def _set(self, index, success, value):
        self._success, self._value = success, value
        self._finish()

    def _finish(self):
        if self._success:
            if self._callback:
                self._callback(self._value)
        elif self._error_callback:
            self._error_callback(self._value)
        self._pool._leave(self._job)
        self._event.set()


AsyncResult = ApplyResult


class MapResult(ApplyResult):
    __module__ = "multiprocessing.pool"

    def __init__(self, pool, chunksize, length, callback, error_callback):
        super().__init__(pool, callback, error_callback)
        self._success = True
        self._value = [None] * length
        self._chunksize = chunksize
        self._left = 0 if chunksize <= 0 else length // chunksize + bool(length % chunksize)
        if not self._left:
            self._event.set()
            pool._leave(self._job)

    def _set(self, index, success, value):
        self._left -= 1
        if success and self._success:
            self._value[index * self._chunksize : (index + 1) * self._chunksize] = value
        elif self._success:
            self._success, self._value = False, value
        if not self._left:
            self._finish()


class IMapIterator:
    __module__ = "multiprocessing.pool"

    def __init__(self, pool):
        title = pool._title
        self._pool = pool
        self._condition = _Condition(_Lock())
        self._items = _deque()
        self._index = 0
        self._length = None
        self._unsorted = {}
        self._job = pool._enter(self)

    def __iter__(self):
        return self

    def next(self, timeout=None):
        with self._condition:
            if not self._items and self._index != self._length:
                self._condition.wait(timeout)
            if not self._items:
                if self._index == self._length:
                    self._pool = None
                    raise StopIteration
                raise TimeoutError
            success, value = self._items.popleft()
        if success:
            return value
        raise value

    def __next__(self):
        return self.next()

    def _set(self, index, success, value):
        with self._condition:
            if self._index == index:
                self._items.append((success, value))
                self._index += 1
                while self._index in self._unsorted:
                    self._items.append(self._unsorted.pop(self._index))
                    self._index += 1
                self._condition.notify()
            else:
                self._unsorted[index] = (success, value)
            self._look_for_end()

    def _look_for_end(self):
        if self._index == self._length:
            self._pool._leave(self._job)

    def _set_length(self, length):
        with self._condition:
            self._length = length
            if self._index == length:
                self._condition.notify()
                self._look_for_end()


class IMapUnorderedIterator(IMapIterator):
    __module__ = "multiprocessing.pool"

    def _set(self, index, success, value):
        with self._condition:
            self._items.append((success, value))
            self._index += 1
            self._condition.notify()
            self._look_for_end()


def _flattened(chunks):
    for chunk in chunks:
        for item in chunk:
            yield item


def _chunks(items, size):
    items = iter(items)
    while True:
        chunk = []
        for item in items:
            chunk.append(item)
            if len(chunk) == size:
                break
        if not chunk:
            return
        yield tuple(chunk)


# What workers do.
def _work(inlet, outlet, initializer, initargs, tasks_each):
    if initializer is not None:
        initializer(*initargs)
    done = 0
    while tasks_each is None or done < tasks_each:
        task = inlet.get()
        if task is None:
            break
        job, index, function, arguments, keywords = task
        outcome = _outcome(function, arguments, keywords)
        try:
            outlet.put((job, index) + outcome)
        except Exception as error:
            outlet.put((job, index, False, MaybeEncodingError(error, outcome[1]), None))
        done += 1


class Pool:
    __module__ = "multiprocessing.pool"

    def __init__(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None, context=None):
        self._state = _RUN
        self._ending = False
        if processes is None:
            processes = cpu_count() or 1
        if processes < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None:
            if not isinstance(maxtasksperchild, int) or maxtasksperchild <= 0:
                raise ValueError("maxtasksperchild must be a positive int or None")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._processes = processes
        self._ctx = context or get_context()
        self._initializer = initializer
        self._initargs = initargs
        self._tasks_each = maxtasksperchild
        title = self._title = __variable("pool")
        self._lock = _Lock()
        self._jobs = 0
        self._cache = {}
        self._pending = _ThreadQueue()
        self._workers = []
        self._open()
        for number in range(processes):
            self._add_worker()
        # What looks after workers is a thread of its own in CPython.
        __thread_number()
        self._task_handler = _Thread(target=self._handle_tasks, daemon=True, name=None)
        self._task_handler.start()
        self._result_handler = _Thread(target=self._handle_results, daemon=True, name=None)
        self._result_handler.start()

    # What differs where the workers are threads.

    def _open(self):
        title = self._title
        self._tasks = __world_channel(_PIPE, title + ".tasks")
        self._inlet = _Lane(self._tasks, False, _for(self._ctx, __world_lock(title + ".tasks._inlet")))
        self._results = __world_channel(_PIPE, title + ".results")
        self._outlet = _Lane(self._results, True, _for(self._ctx, __world_lock(title + ".results._outlet")))
        _own._pools.append(self)

    def __repr__(self):
        kind = type(self)
        return f"<{kind.__module__}.{kind.__qualname__} state={self._state} pool_size={len(self._workers)}>"

    def _add_worker(self):
        worker = self._ctx.Process(target=_work, args=self._work_arguments(), daemon=True)
        worker.name = worker.name.replace("Process", "PoolWorker")
        self._workers.append(worker)
        worker.start()
        __process_tell(worker._number, self._results)

    def _work_arguments(self):
        return self._inlet, self._outlet, self._initializer, self._initargs, self._tasks_each

    def _put_task(self, task):
        message, size = _dumps(task)
        __channel_send(self._tasks, message, size)

    # A result, the number of a worker that is over, or nothing but a call to look.
    def _get_result(self):
        message = __channel_receive(self._results)[0]
        return message if len(message) == 3 else _loads(message)

    def _wake(self):
        __channel_send(self._results, (None,), 5)

    def _end_workers(self):
        for worker in list(self._workers):
            if worker.exitcode is None:
                worker.terminate()
        while self._task_handler.is_alive():
            while __channel_poll(self._tasks, 0):
                __channel_receive(self._tasks)
            self._task_handler.join(0.01)
        for worker in list(self._workers):
            worker.join()

    # What two threads beside do: hand out tasks, and take results in.

    def _handle_tasks(self):
        while True:
            series = self._pending.get()
            if series is None:
                return
            tasks, result = series
            count = 0
            try:
                for task in tasks:
                    if self._state == _TERMINATE:
                        return
                    try:
                        self._put_task((result._job, count) + task)
                    except Exception as error:
                        if result._job in self._cache:
                            result._set(count, False, error)
                    count += 1
            except Exception as error:
                result._set(count, False, error)
                count += 1
            if isinstance(result, IMapIterator):
                result._set_length(count)
                self._wake()

    def _handle_results(self):
        while True:
            got = self._get_result()
            if self._state == _TERMINATE:
                return
            if got is not None and len(got) == 3:
                self._lose_worker(got[0])
            elif got is not None:
                job, index, success, value, text = got
                result = self._cache.get(job)
                if result is not None:
                    result._set(index, success, value if success else _from_elsewhere(value, text))
            if self._state == _CLOSE and not self._cache and not self._ending:
                self._ending = True
                self._pending.put(None)
                self._task_handler.join()
                for worker in list(self._workers):
                    self._put_task(None)
            if self._ending and not self._workers:
                return

    def _lose_worker(self, number):
        for worker in list(self._workers):
            if worker._number == number:
                worker.join()
                self._workers.remove(worker)
        # Nobody ends the pool meanwhile.
        with self._lock:
            if not self._ending:
                self._add_worker()

    def _enter(self, result):
        with self._lock:
            self._jobs += 1
            self._cache[self._jobs] = result
            return self._jobs

    def _leave(self, job):
        self._cache.pop(job, None)

    def _check_running(self):
        if self._state != _RUN:
            raise ValueError("Pool not running")

    def apply(self, func, args=(), kwds={}):
        return self.apply_async(func, args, kwds).get()

    def apply_async(self, func, args=(), kwds={}, callback=None, error_callback=None):
        self._check_running()
        result = ApplyResult(self, callback, error_callback)
        self._pending.put(([(func, tuple(args), dict(kwds))], result))
        return result

    def map(self, func, iterable, chunksize=None):
        return self._map_async(func, iterable, _map_star, chunksize, None, None).get()

    def starmap(self, func, iterable, chunksize=None):
        return self._map_async(func, iterable, _star_map_star, chunksize, None, None).get()

    def map_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map_async(func, iterable, _map_star, chunksize, callback, error_callback)

    def starmap_async(self, func, iterable, chunksize=None, callback=None, error_callback=None):
        return self._map_async(func, iterable, _star_map_star, chunksize, callback, error_callback)

    def _map_async(self, func, iterable, mapper, chunksize, callback, error_callback):
        self._check_running()
        items = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(items), self._processes * 4)
            if extra:
                chunksize += 1
        if not items:
            chunksize = 0
        result = MapResult(self, chunksize, len(items), callback, error_callback)
        if items:
            tasks = [(mapper, (func, chunk), {}) for chunk in _chunks(items, chunksize)]
            self._pending.put((tasks, result))
        return result

    def imap(self, func, iterable, chunksize=1):
        return self._imap(IMapIterator(self) if self._state == _RUN else None, func, iterable, chunksize)

    def imap_unordered(self, func, iterable, chunksize=1):
        return self._imap(IMapUnorderedIterator(self) if self._state == _RUN else None, func, iterable, chunksize)

    def _imap(self, result, func, iterable, chunksize):
        self._check_running()
        if chunksize == 1:
            self._pending.put((_single(func, iterable), result))
            return result
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        self._pending.put((_several(func, iterable, chunksize), result))
        return _flattened(result)

    def close(self):
        if self._state == _RUN:
            self._state = _CLOSE
            self._wake()

    def terminate(self):
        if self in _own._pools:
            _own._pools.remove(self)
        if self._state == _TERMINATE or self._ending and not self._workers:
            return
        with self._lock:
            self._state = _TERMINATE
            self._ending = True
        self._pending.put(None)
        self._end_workers()
        self._wake()
        self._result_handler.join()

    def join(self):
        if self._state == _RUN:
            raise ValueError("Pool is still running")
        self._result_handler.join()
        self._task_handler.join()
        for worker in list(self._workers):
            worker.join()

    def __enter__(self):
        self._check_running()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.terminate()

    def __reduce__(self):
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")


def _single(function, items):
    for item in items:
        yield function, (item,), {}


def _several(function, items, size):
    for chunk in _chunks(items, size):
        yield _map_star, (function, chunk), {}


# Where an exception comes from is plain to see in the same process.
class _PlainOutlet:
    def __init__(self, results):
        self._queue = results

    def put(self, result):
        self._queue.put(result[:4] + (None,))


# Its workers are threads.
class ThreadPool(Pool):
    __module__ = "multiprocessing.pool"

    def __init__(self, processes=None, initializer=None, initargs=()):
        super().__init__(processes, initializer, initargs)

    def _open(self):
        title = self._title
        self._tasks = self._inlet = _ThreadQueue()
        self._results = _ThreadQueue()
        self._outlet = _PlainOutlet(self._results)

    def _add_worker(self):
        def worker():
            _work(*self._work_arguments())
            self._workers.remove(_current_thread())
            self._results.put(None)

        worker = _Thread(target=worker, daemon=True)
        self._workers.append(worker)
        worker.start()

    def _put_task(self, task):
        self._tasks.put(task)

    def _get_result(self):
        return self._results.get()

    def _wake(self):
        self._results.put(None)

    def _end_workers(self):
        for worker in self._workers:
            self._tasks.put(None)
        self._task_handler.join()


# `concurrent.futures.ProcessPoolExecutor`.


class BrokenProcessPool(_BrokenExecutor):
    __module__ = "concurrent.futures.process"

    pass


class _RemoteTraceback(Exception):
    __module__ = "concurrent.futures.process"

    def __init__(self, tb):
        self.tb = tb

    def __str__(self):
        return self.tb


_ABRUPTLY = "A process in the process pool was terminated abruptly while the future was running or pending."


# What its workers do.
def _do_tasks(inlet, outlet, initializer, initargs, most):
    if initializer is not None:
        try:
            initializer(*initargs)
        except BaseException as error:
            _sys.stderr.write("Exception in initializer:\n" + __traceback(error))
            return
    done = 0
    while done != most:
        task = inlet.get()
        if task is None:
            return
        done += 1
        leaves = _getpid() if done == most else None
        number, function, arguments, keywords = task
        try:
            outcome = True, function(*arguments, **keywords), None
        except BaseException as error:
            outcome = False, error, __traceback(error)
        try:
            outlet.put((leaves, number) + outcome)
        except BaseException as error:
            outlet.put((leaves, number, False, error, __traceback(error)))


class ProcessPoolExecutor:
    __module__ = "concurrent.futures.process"

    def __init__(self, max_workers=None, mp_context=None, initializer=None, initargs=(), *, max_tasks_per_child=None):
        if max_workers is None:
            max_workers = cpu_count() or 1
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._max_workers = max_workers
        self._ctx = mp_context or get_context(None if max_tasks_per_child is None else "spawn")
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
            if self._ctx.get_start_method() == "fork":
                raise ValueError(
                    "max_tasks_per_child is incompatible with the 'fork' multiprocessing start method; "
                    "supply a different mp_context."
                )
        self._most = max_tasks_per_child
        self._initializer = initializer
        self._initargs = initargs
        title = self._title = __variable("executor")
        self._lock = _Lock()
        self._idle = 0
        self._manager = None
        self._waiting = _deque()
        self._running = {}
        self._workers = []
        self._number = 0
        self._shut = False
        self._ending = False
        self._broken = None

    def _begin(self):
        title = self._title
        self._tasks = __world_channel(_PIPE, title + ".tasks")
        self._inlet = _Lane(self._tasks, False, _for(self._ctx, __world_lock(title + ".tasks._inlet")))
        self._results = __world_channel(_PIPE, title + ".results")
        self._outlet = _Lane(self._results, True, _for(self._ctx, __world_lock(title + ".results._outlet")))
        if self._ctx._method == "fork":
            for number in range(self._max_workers):
                self._add_worker()
        _own._executors.append(self)
        self._manager = _Thread(target=self._manage, daemon=True)
        self._manager.start()

    def _add_worker(self):
        told = self._inlet, self._outlet, self._initializer, self._initargs, self._most
        worker = self._ctx.Process(target=_do_tasks, args=told)
        self._workers.append(worker)
        worker.start()
        __process_tell(worker._number, self._results)

    # Where processes are not forked, one is made when it is needed.
    def _see_to_workers(self):
        if self._ctx._method == "fork":
            return
        if self._idle:
            self._idle -= 1
        elif len(self._workers) < self._max_workers:
            self._add_worker()

    def _wake(self):
        __channel_send(self._results, (None,), 5)

    def _manage(self):
        while True:
            self._hand_out()
            if self._shut and not self._running and not self._waiting and not self._ending:
                self._ending = True
                for worker in self._workers:
                    __channel_send(self._tasks, (None,), 5)
            if self._ending and not self._workers:
                return
            message = __channel_receive(self._results)[0]
            if len(message) == 3:
                if self._lose(message[0]) and not self._ending:
                    return self._break()
                continue
            got = _loads(message)
            if got is not None:
                leaves, number, success, value, text = got
                future = self._running.pop(number)
                if success:
                    future.set_result(value)
                else:
                    value.__cause__ = _RemoteTraceback(f'\n"""\n{text}"""')
                    future.set_exception(value)
                if leaves is None:
                    self._idle += 1
                else:
                    with self._lock:  # who makes it may not know its number yet
                        worker = self._lose(leaves)
                    worker.join()
                    with self._lock:
                        self._see_to_workers()

    # A worker has ended, or will; which it is, if that was not known.
    def _lose(self, number):
        for worker in self._workers:
            if worker._number == number:
                self._workers.remove(worker)
                return worker
        return None

    def _hand_out(self):
        while self._waiting and len(self._running) <= self._max_workers:
            number, future, function, arguments, keywords = self._waiting.popleft()
            if not future.set_running_or_notify_cancel():
                continue
            try:
                message, size = _dumps((number, function, arguments, keywords))
            except BaseException as error:
                error.__cause__ = _RemoteTraceback(f'\n"""\n{__traceback(error)}"""')
                future.set_exception(error)
                continue
            self._running[number] = future
            __channel_send(self._tasks, message, size)

    def _break(self):
        with self._lock:
            self._broken = "A child process terminated abruptly, the process pool is not usable anymore"
            self._shut = True
        waiting = [task[1] for task in self._waiting]
        self._waiting.clear()
        for future in list(self._running.values()) + waiting:
            if not future.done():
                future.set_exception(BrokenProcessPool(_ABRUPTLY))
        self._running.clear()
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.join()

    def submit(self, fn, /, *args, **kwargs):
        with self._lock:
            if self._broken:
                raise BrokenProcessPool(self._broken)
            if self._shut:
                raise RuntimeError("cannot schedule new futures after shutdown")
            called = self._title + "." + getattr(fn, "__name__", "task")
            future = _Future()
            self._number += 1
            self._waiting.append((self._number, future, fn, args, kwargs))
            if self._manager is None:
                self._begin()
                self._see_to_workers()
            else:
                self._see_to_workers()
                self._wake()
            return future

    def map(self, fn, *iterables, timeout=None, chunksize=1):
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        end = None if timeout is None else timeout + _monotonic()
        chunks = _chunks(zip(*iterables), chunksize)
        return _results_of([self.submit(_star_map_star, fn, chunk) for chunk in chunks], end)

    def shutdown(self, wait=True, *, cancel_futures=False):
        with self._lock:
            self._shut = True
            if cancel_futures:
                for task in list(self._waiting):
                    task[1].cancel()
        if self._manager is not None and self._manager.is_alive():
            self._wake()
            if wait:
                self._manager.join()

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown(wait=True)
        return False


def _results_of(futures, end):
    futures.reverse()
    try:
        while futures:
            chunk = futures[-1].result(None if end is None else end - _monotonic())
            futures.pop()
            for item in chunk:
                yield item
    finally:
        while futures:
            futures.pop().cancel()


# Managers: a process that holds objects, and proxies that have it do things with them.


class RemoteError(Exception):
    __module__ = "multiprocessing.managers"

    def __str__(self):
        return "\n" + "-" * 75 + "\n" + str(self.args[0]) + "-" * 75


class Namespace:
    __module__ = "multiprocessing.managers"

    def __init__(self, /, **kwds):
        for name, value in kwds.items():
            setattr(self, name, value)

    def __repr__(self):
        items = [f"{name}={value!r}" for name, value in vars(self).items() if not name.startswith("_")]
        items.sort()
        return f"{type(self).__name__}({', '.join(items)})"


class _ValueHolder:
    def __init__(self, typecode, value, lock=True):
        self._typecode = typecode
        self._value = value

    def get(self):
        return self._value

    def set(self, value):
        self._value = value

    def __repr__(self):
        return f"Value({self._typecode!r}, {self._value!r})"


class _Array(list):
    def __init__(self, typecode, sequence, lock=True):
        list.__init__(self, sequence)
        self._typecode = typecode

    def __repr__(self):
        return f"array({self._typecode!r}, {list(self)})" if self else f"array({self._typecode!r})"


# What the server process does: a thread for each thread that asks it for something.
class _Server:
    def __init__(self, lane, title):
        self._requests = lane._channel
        self._title = title
        self._objects = {}
        self._count = 0
        self._desks = {}

    def _run(self):
        while True:
            got = __channel_receive(self._requests)
            if not got:
                return
            reply, asker, ident, method, arguments, keywords = _loads(got[0])
            if method == "#shutdown":
                return
            _desk = self._desks.get(reply)
            if _desk is None:
                title = self._title
                _desk = self._desks[reply] = _ThreadQueue()
                name = f"{title} for {asker}"
                _Thread(target=self._serve, args=(reply, _desk), name=name, daemon=True).start()
            _desk.put((ident, method, arguments, keywords))

    def _serve(self, reply, desk):
        while True:
            ident, method, arguments, keywords = desk.get()
            try:
                if method == "#create":
                    answer = True, self._create(*arguments)
                else:
                    answer = True, self._call(self._objects[ident], method, arguments, keywords)
                message, size = _dumps(answer)
            except Exception as error:
                try:
                    message, size = _dumps((False, error))
                except Exception:
                    message, size = _dumps((False, RemoteError(__traceback(error))))
            __channel_send(reply, message, size)

    def _create(self, kind, called, arguments, keywords):
        self._count += 1
        made = _MADE[kind](*arguments, **keywords)
        self._objects[self._count] = made
        return self._count

    def _call(self, object, method, arguments, keywords):
        if method == "#str":
            return str(object)
        if method == "__getattribute__":
            return getattr(object, *arguments)
        if method == "__setattr__":
            return setattr(object, *arguments)
        if method == "__delattr__":
            return delattr(object, *arguments)
        if method in _BY_OPERATOR:
            return _BY_OPERATOR[method](object, *arguments)
        result = getattr(object, method)(*arguments, **keywords)
        return list(result) if method in ("keys", "values", "items") and isinstance(object, dict) else result


def _set_item(object, key, value):
    object[key] = value


def _delete_item(object, key):
    del object[key]


def _get_item(object, key):
    return object[key]


def _contains(object, item):
    return item in object


def _length(object):
    return len(object)


def _plus(object, other):
    return object + other


def _times(object, count):
    return object * count


def _listed(object):
    return list(object)


_BY_OPERATOR = {
    "__getitem__": _get_item,
    "__setitem__": _set_item,
    "__delitem__": _delete_item,
    "__contains__": _contains,
    "__len__": _length,
    "__add__": _plus,
    "__mul__": _times,
    "#list": _listed,
}


# What people call the thread that asks.
def _asker():
    name = _current_thread().name
    process = _own._current._name
    if name == "MainThread":
        return "main" if process == "MainProcess" else process
    return name if process == "MainProcess" else f"{name} of {process}"


# The channel in which a thread gets its answers.
def _reply_channel(server=None):
    key = _getpid(), _current_thread().ident, server
    found = _own._replies.get(key)
    if found is None:
        found = _own._replies[key] = __world_channel(_SOCKET, _asker() + ".reply")
    return found


def _ask(server, requests, ident, method, arguments, keywords):
    if __process_wait(server, 0) is not None:
        # Who has talked to it before has a connection, of which the other end is closed now.
        if (_getpid(), _current_thread().ident, server) in _own._replies:
            raise BrokenPipeError(32, "Broken pipe")
        raise FileNotFoundError(2, "No such file or directory")
    reply = _reply_channel(server if ident is not None else None)
    message, size = _dumps((reply, _asker(), ident, method, arguments, keywords))
    __channel_send(requests, message, size)
    success, value = _loads(__channel_receive(reply)[0])
    if success:
        return value
    raise value


class BaseProxy:
    __module__ = "multiprocessing.managers"

    def __init__(self, kind, server, requests, ident):
        self._kind = kind
        self._server = server
        self._requests = requests
        self._ident = ident

    def _callmethod(self, methodname, args=(), kwds={}):
        return _ask(self._server, self._requests, self._ident, methodname, args, kwds)

    def __reduce__(self):
        return _proxy, (self._kind, self._server, self._requests, self._ident)

    def __repr__(self):
        return f"<{type(self).__name__} object, typeid {self._kind!r} at {id(self):#x}>"

    def __str__(self):
        return self._callmethod("#str")


class _Container(BaseProxy):
    def __getitem__(self, key):
        return self._callmethod("__getitem__", (key,))

    def __setitem__(self, key, value):
        self._callmethod("__setitem__", (key, value))

    def __delitem__(self, key):
        self._callmethod("__delitem__", (key,))

    def __contains__(self, key):
        return self._callmethod("__contains__", (key,))

    def __len__(self):
        return self._callmethod("__len__")

    def __iter__(self):
        return iter(self._callmethod("#list"))

    def pop(self, *args):
        return self._callmethod("pop", args)

    def copy(self):
        return self._callmethod("copy")

    def clear(self):
        self._callmethod("clear")


class ListProxy(_Container):
    __module__ = "multiprocessing.managers"

    def append(self, item):
        self._callmethod("append", (item,))

    def extend(self, items):
        self._callmethod("extend", (list(items),))

    def insert(self, index, item):
        self._callmethod("insert", (index, item))

    def remove(self, item):
        self._callmethod("remove", (item,))

    def index(self, *args):
        return self._callmethod("index", args)

    def count(self, item):
        return self._callmethod("count", (item,))

    def reverse(self):
        self._callmethod("reverse")

    def sort(self, **kwds):
        self._callmethod("sort", (), kwds)

    def __add__(self, other):
        return self._callmethod("__add__", (list(other),))

    def __mul__(self, count):
        return self._callmethod("__mul__", (count,))

    def __iadd__(self, items):
        self._callmethod("extend", (list(items),))
        return self


class DictProxy(_Container):
    __module__ = "multiprocessing.managers"

    def get(self, key, default=None):
        return self._callmethod("get", (key, default))

    def keys(self):
        return self._callmethod("keys")

    def values(self):
        return self._callmethod("values")

    def items(self):
        return self._callmethod("items")

    def setdefault(self, key, default=None):
        return self._callmethod("setdefault", (key, default))

    def popitem(self):
        return self._callmethod("popitem")

    def update(self, *args, **kwds):
        self._callmethod("update", args, kwds)


class NamespaceProxy(BaseProxy):
    __module__ = "multiprocessing.managers"

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(f"'NamespaceProxy' object has no attribute '{name}'")
        return self._callmethod("__getattribute__", (name,))

    def __setattr__(self, name, value):
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        else:
            self._callmethod("__setattr__", (name, value))

    def __delattr__(self, name):
        if name.startswith("_"):
            object.__delattr__(self, name)
        else:
            self._callmethod("__delattr__", (name,))


class ValueProxy(BaseProxy):
    __module__ = "multiprocessing.managers"

    def get(self):
        return self._callmethod("get")

    def set(self, value):
        self._callmethod("set", (value,))

    @property
    def value(self):
        return self.get()

    @value.setter
    def value(self, value):
        self.set(value)


class ArrayProxy(_Container):
    __module__ = "multiprocessing.managers"


class AcquirerProxy(BaseProxy):
    __module__ = "multiprocessing.managers"

    def acquire(self, blocking=True, timeout=None):
        return self._callmethod("acquire", (blocking,) if timeout is None else (blocking, timeout))

    def release(self):
        return self._callmethod("release")

    def __enter__(self):
        return self.acquire()

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.release()


class ConditionProxy(AcquirerProxy):
    __module__ = "multiprocessing.managers"

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))

    def notify(self, n=1):
        return self._callmethod("notify", (n,))

    def notify_all(self):
        return self._callmethod("notify_all")


class EventProxy(BaseProxy):
    __module__ = "multiprocessing.managers"

    def is_set(self):
        return self._callmethod("is_set")

    def set(self):
        return self._callmethod("set")

    def clear(self):
        return self._callmethod("clear")

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))


class BarrierProxy(BaseProxy):
    __module__ = "multiprocessing.managers"

    def wait(self, timeout=None):
        return self._callmethod("wait", (timeout,))

    def abort(self):
        return self._callmethod("abort")

    def reset(self):
        return self._callmethod("reset")


class QueueProxy(BaseProxy):
    def put(self, item, block=True, timeout=None):
        return self._callmethod("put", (item, block, timeout))

    def get(self, block=True, timeout=None):
        return self._callmethod("get", (block, timeout))

    def put_nowait(self, item):
        return self._callmethod("put_nowait", (item,))

    def get_nowait(self):
        return self._callmethod("get_nowait")

    def qsize(self):
        return self._callmethod("qsize")

    def empty(self):
        return self._callmethod("empty")

    def full(self):
        return self._callmethod("full")

    def task_done(self):
        return self._callmethod("task_done")

    def join(self):
        return self._callmethod("join")


_MADE = {
    "list": list,
    "dict": dict,
    "Namespace": Namespace,
    "Value": _ValueHolder,
    "Array": _Array,
    "Lock": _Lock,
    "RLock": _ThreadRLock,
    "Semaphore": _ThreadSemaphore,
    "BoundedSemaphore": _ThreadBoundedSemaphore,
    "Condition": _Condition,
    "Event": _ThreadEvent,
    "Barrier": _ThreadBarrier,
    "Queue": _Queue,
    "JoinableQueue": _Queue,
}
_PROXIES = {
    "list": ListProxy,
    "dict": DictProxy,
    "Namespace": NamespaceProxy,
    "Value": ValueProxy,
    "Array": ArrayProxy,
    "Lock": AcquirerProxy,
    "RLock": AcquirerProxy,
    "Semaphore": AcquirerProxy,
    "BoundedSemaphore": AcquirerProxy,
    "Condition": ConditionProxy,
    "Event": EventProxy,
    "Barrier": BarrierProxy,
    "Queue": QueueProxy,
    "JoinableQueue": QueueProxy,
}


def _proxy(kind, server, requests, ident):
    return _PROXIES[kind](kind, server, requests, ident)


def _serve_objects(lane, title):
    _Server(lane, title)._run()


class SyncManager:
    __module__ = "multiprocessing.managers"

    def __init__(self, *, ctx=None):
        self._ctx = ctx or get_context()
        self._process = None
        self._requests = None

    def start(self, initializer=None, initargs=()):
        title = __variable("manager")
        self._requests = __world_channel(_SOCKET, title + ".requests")
        lane = _Lane(self._requests, False, None)
        self._process = self._ctx.Process(target=_serve_objects, args=(lane, title))
        self._process.name = "SyncManager-" + ":".join([str(i) for i in self._process._identity])
        self._process.start()
        _own._managers.append(self)

    def shutdown(self):
        if self._process is not None and self._process.exitcode is None:
            message, size = _dumps((0, None, None, "#shutdown", (), {}))
            __channel_send(self._requests, message, size)
            self._process.join()
        if self in _own._managers:
            _own._managers.remove(self)

    def __enter__(self):
        if self._process is None:
            self.start()
        return self

    def __exit__(self, exc_type, exc_val, exc_tb):
        self.shutdown()

    def _create(self, kind, arguments, keywords):
        server = self._process._number
        ident = _ask(server, self._requests, None, "#create", (kind, __variable(kind), arguments, keywords), {})
        return _proxy(kind, server, self._requests, ident)

    def list(self, *args):
        return self._create("list", args, {})

    def dict(self, *args, **kwds):
        return self._create("dict", args, kwds)

    def Namespace(self, **kwds):
        return self._create("Namespace", (), kwds)

    def Value(self, typecode, value, lock=True):
        return self._create("Value", (typecode, value), {})

    def Array(self, typecode, sequence, lock=True):
        return self._create("Array", (typecode, list(sequence)), {})

    def Lock(self):
        return self._create("Lock", (), {})

    def RLock(self):
        return self._create("RLock", (), {})

    def Semaphore(self, value=1):
        return self._create("Semaphore", (value,), {})

    def BoundedSemaphore(self, value=1):
        return self._create("BoundedSemaphore", (value,), {})

    def Condition(self):
        return self._create("Condition", (), {})

    def Event(self):
        return self._create("Event", (), {})

    def Barrier(self, parties):
        return self._create("Barrier", (parties,), {})

    def Queue(self, maxsize=0):
        return self._create("Queue", (maxsize,), {})

    def JoinableQueue(self, maxsize=0):
        return self._create("JoinableQueue", (maxsize,), {})


def Manager(*, ctx=None):
    manager = SyncManager(ctx=ctx)
    manager.start()
    return manager


# Ways to start a process.


class ForkProcess(Process):
    __module__ = "multiprocessing.context"

    _method = "fork"


class SpawnProcess(Process):
    __module__ = "multiprocessing.context"

    _method = "spawn"


class ForkServerProcess(Process):
    __module__ = "multiprocessing.context"

    _method = "forkserver"


class _Context:
    def __init__(self, method, process):
        self._method = method
        self.Process = process

    def get_start_method(self, allow_none=False):
        return self._method

    def set_start_method(self, method, force=False):
        raise ValueError("cannot set start method of concrete context")

    def get_context(self, method=None):
        return self if method is None else get_context(method)

    ProcessError = ProcessError
    BufferTooShort = BufferTooShort
    TimeoutError = TimeoutError
    AuthenticationError = AuthenticationError
    cpu_count = staticmethod(cpu_count)
    current_process = staticmethod(current_process)
    active_children = staticmethod(active_children)
    parent_process = staticmethod(parent_process)
    freeze_support = staticmethod(freeze_support)
    Pipe = staticmethod(Pipe)
    RawValue = staticmethod(RawValue)
    RawArray = staticmethod(RawArray)

    def Lock(self):
        return Lock(ctx=self)

    def RLock(self):
        return RLock(ctx=self)

    def Semaphore(self, value=1):
        return Semaphore(value, ctx=self)

    def BoundedSemaphore(self, value=1):
        return BoundedSemaphore(value, ctx=self)

    def Event(self):
        return Event(ctx=self)

    def Condition(self, lock=None):
        return Condition(lock, ctx=self)

    def Barrier(self, parties, action=None, timeout=None):
        return Barrier(parties, action, timeout, ctx=self)

    def Queue(self, maxsize=0):
        return Queue(maxsize, ctx=self)

    def JoinableQueue(self, maxsize=0):
        return JoinableQueue(maxsize, ctx=self)

    def SimpleQueue(self):
        return SimpleQueue(ctx=self)

    def Value(self, typecode_or_type, *args, lock=True):
        return Value(typecode_or_type, *args, lock=lock, ctx=self)

    def Array(self, typecode_or_type, size_or_initializer, *, lock=True):
        return Array(typecode_or_type, size_or_initializer, lock=lock, ctx=self)

    def Pool(self, processes=None, initializer=None, initargs=(), maxtasksperchild=None):
        return Pool(processes, initializer, initargs, maxtasksperchild, context=self)

    def Manager(self):
        return Manager(ctx=self)


class ForkContext(_Context):
    __module__ = "multiprocessing.context"


class SpawnContext(_Context):
    __module__ = "multiprocessing.context"


class ForkServerContext(_Context):
    __module__ = "multiprocessing.context"



_CONTEXTS = {
    "fork": ForkContext("fork", ForkProcess),
    "spawn": SpawnContext("spawn", SpawnProcess),
    "forkserver": ForkServerContext("forkserver", ForkServerProcess),
}


def get_context(method=None):
    if method is None:
        return _CONTEXTS[get_start_method()]
    if method not in _CONTEXTS:
        raise ValueError(f"cannot find context for {method!r}")
    return _CONTEXTS[method]


def get_start_method(allow_none=False):
    if _own._method is None and not allow_none:
        _own._method = "fork"
    return _own._method


def set_start_method(method, force=False):
    if _own._method is not None and not force:
        raise RuntimeError("context has already been set")
    if method is None and force:
        _own._method = None
    else:
        _own._method = get_context(method)._method


def get_all_start_methods():
    return list(_CONTEXTS)

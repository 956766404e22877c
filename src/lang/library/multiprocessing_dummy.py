# `multiprocessing` with threads.

from multiprocessing import ThreadPool as _ThreadPool
from queue import Queue
from threading import (
    Barrier,
    BoundedSemaphore,
    Condition,
    Event,
    Lock,
    RLock,
    Semaphore,
    Thread as _Thread,
    current_thread as current_process,
    enumerate as _enumerate,
)

JoinableQueue = Queue


class Process(_Thread):
    def __init__(self, group=None, target=None, name=None, args=(), kwargs={}):
        super().__init__(group, target, name, args, kwargs)

    @property
    def exitcode(self):
        return None if self.ident is None or self.is_alive() else 0


def active_children():
    return [thread for thread in _enumerate() if isinstance(thread, Process)]


def Pool(processes=None, initializer=None, initargs=()):
    return _ThreadPool(processes, initializer, initargs)

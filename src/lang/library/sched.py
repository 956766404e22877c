# Calls at certain times, in the order of those.

import heapq as _heapq
from collections import namedtuple as _namedtuple
from itertools import count as _count
from threading import RLock as _RLock
from time import monotonic as _monotonic
from time import sleep as _sleep

_Fields = _namedtuple("Event", "time, priority, sequence, action, argument, kwargs")


class Event(_Fields):
    def __lt__(self, other):
        return self[:3] < other[:3]

    def __gt__(self, other):
        return self[:3] > other[:3]

    def __le__(self, other):
        return self[:3] <= other[:3]

    def __ge__(self, other):
        return self[:3] >= other[:3]


class scheduler:
    def __init__(self, timefunc=_monotonic, delayfunc=_sleep):
        self._queue = []
        self._lock = _RLock()
        self._numbers = _count()
        self.timefunc = timefunc
        self.delayfunc = delayfunc

    def enterabs(self, time, priority, action, argument=(), kwargs=None):
        with self._lock:
            event = Event(time, priority, next(self._numbers), action, argument, {} if kwargs is None else kwargs)
            _heapq.heappush(self._queue, event)
        return event

    def enter(self, delay, priority, action, argument=(), kwargs=None):
        return self.enterabs(self.timefunc() + delay, priority, action, argument, kwargs)

    def cancel(self, event):
        with self._lock:
            self._queue.remove(event)
            _heapq.heapify(self._queue)

    def empty(self):
        with self._lock:
            return not self._queue

    def run(self, blocking=True):
        while True:
            with self._lock:
                if not self._queue:
                    return None
                event = self._queue[0]
                now = self.timefunc()
                early = event.time > now
                if not early:
                    _heapq.heappop(self._queue)
            if not early:
                event.action(*event.argument, **event.kwargs)
                self.delayfunc(0)
            elif not blocking:
                return event.time - now
            else:
                self.delayfunc(event.time - now)

    @property
    def queue(self):
        with self._lock:
            events = self._queue[:]
        return sorted(events)

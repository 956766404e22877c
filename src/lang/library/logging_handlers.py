# Handlers that pass records on, or go from file to file.

from logging import FileHandler as _FileHandler
from logging import Handler as _Handler
from os import remove as _remove
from os import rename as _rename
from os.path import exists as _exists
from queue import Empty as _Empty
from threading import Thread as _Thread
from time import time as _time


class BaseRotatingHandler(_FileHandler):
    namer = None
    rotator = None

    def emit(self, record):
        try:
            if self.shouldRollover(record):
                self.doRollover()
            super().emit(record)
        except Exception:
            self.handleError(record)

    def rotation_filename(self, default_name):
        return default_name if self.namer is None else self.namer(default_name)

    def rotate(self, source, dest):
        if self.rotator is not None:
            self.rotator(source, dest)
        elif _exists(source):
            if _exists(dest):
                _remove(dest)
            _rename(source, dest)

    def _reopen(self):
        if self._opened is not None:
            self._opened.close()
        self._opened = None


class RotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, mode="a", maxBytes=0, backupCount=0, encoding=None, delay=False, errors=None):
        super().__init__(filename, "a" if maxBytes > 0 else mode, encoding, delay, errors)
        self.maxBytes = maxBytes
        self.backupCount = backupCount

    def doRollover(self):
        self._reopen()
        if self.backupCount > 0:
            for number in range(self.backupCount - 1, 0, -1):
                source = self.rotation_filename(f"{self.baseFilename}.{number}")
                if _exists(source):
                    self.rotate(source, self.rotation_filename(f"{self.baseFilename}.{number + 1}"))
            self.rotate(self.baseFilename, self.rotation_filename(self.baseFilename + ".1"))
        if not self.delay:
            self._opened = self._open()

    def shouldRollover(self, record):
        if self._opened is None:
            self._opened = self._open()
        if self.maxBytes > 0:
            text = self.format(record) + "\n"
            self._opened.seek(0, 2)
            return self._opened.tell() + len(text) >= self.maxBytes
        return False


_SECONDS = {"S": 1, "M": 60, "H": 3600, "D": 86400, "MIDNIGHT": 86400}


class TimedRotatingFileHandler(BaseRotatingHandler):
    def __init__(self, filename, when="h", interval=1, backupCount=0, encoding=None, delay=False, utc=False):
        super().__init__(filename, "a", encoding, delay)
        self.when = when.upper()
        self.backupCount = backupCount
        if self.when not in _SECONDS:
            raise ValueError(f"Invalid rollover interval specified: {self.when}")
        self.interval = _SECONDS[self.when] * interval
        self._next = _time() + self.interval
        self._rolled = []

    def shouldRollover(self, record):
        return _time() >= self._next

    def doRollover(self):
        from time import localtime as _localtime
        from time import strftime as _strftime

        self._reopen()
        suffix = {"S": "%Y-%m-%d_%H-%M-%S", "M": "%Y-%m-%d_%H-%M", "H": "%Y-%m-%d_%H"}.get(self.when, "%Y-%m-%d")
        name = self.baseFilename + "." + _strftime(suffix, _localtime(self._next - self.interval))
        self.rotate(self.baseFilename, self.rotation_filename(name))
        self._rolled.append(name)
        while 0 < self.backupCount < len(self._rolled):
            _remove(self._rolled.pop(0))
        while self._next <= _time():
            self._next += self.interval
        self._opened = self._open()


class BufferingHandler(_Handler):
    def __init__(self, capacity):
        super().__init__()
        self.capacity = capacity
        self._buffer = []

    @property
    def buffer(self):
        return self._buffer

    def shouldFlush(self, record):
        return len(self._buffer) >= self.capacity

    def emit(self, record):
        self._buffer.append(record)
        if self.shouldFlush(record):
            self.flush()

    def flush(self):
        with self.lock:
            self._buffer.clear()

    def close(self):
        self.flush()
        super().close()


class MemoryHandler(BufferingHandler):
    def __init__(self, capacity, flushLevel=40, target=None, flushOnClose=True):
        super().__init__(capacity)
        self.flushLevel = flushLevel
        self.flushOnClose = flushOnClose
        self._target = target

    @property
    def target(self):
        return self._target

    def shouldFlush(self, record):
        return len(self._buffer) >= self.capacity or record.levelno >= self.flushLevel

    def setTarget(self, target):
        self._target = target

    def flush(self):
        with self.lock:
            if self._target:
                for record in self._buffer:
                    self._target.handle(record)
                self._buffer.clear()

    def close(self):
        if self.flushOnClose:
            self.flush()
        self._target = None
        super().close()


class QueueHandler(_Handler):
    def __init__(self, queue):
        super().__init__()
        self.queue = queue

    def enqueue(self, record):
        self.queue.put_nowait(record)

    def prepare(self, record):
        return record

    def emit(self, record):
        try:
            self.enqueue(self.prepare(record))
        except Exception:
            self.handleError(record)


class QueueListener:
    _sentinel = None

    def __init__(self, queue, *handlers, respect_handler_level=False):
        self.queue = queue
        self.handlers = handlers
        self.respect_handler_level = respect_handler_level
        self._thread = None

    def dequeue(self, block):
        return self.queue.get(block)

    def start(self):
        self._thread = _Thread(target=self._monitor)
        self._thread.daemon = True
        self._thread.start()

    def prepare(self, record):
        return record

    def handle(self, record):
        record = self.prepare(record)
        for handler in self.handlers:
            if not self.respect_handler_level or record.levelno >= handler.level:
                handler.handle(record)

    def _monitor(self):
        counts = hasattr(self.queue, "task_done")
        while True:
            try:
                record = self.dequeue(True)
                if record is self._sentinel:
                    if counts:
                        self.queue.task_done()
                    break
                self.handle(record)
                if counts:
                    self.queue.task_done()
            except _Empty:
                break

    def enqueue_sentinel(self):
        self.queue.put_nowait(self._sentinel)

    def stop(self):
        self.enqueue_sentinel()
        self._thread.join()
        self._thread = None

# Loggers, handlers and formatters. What they are set to is kept by the machine, which does a log call as one operation.

from io import open as _open
from os import getpid as _getpid
from os.path import abspath as _abspath
from string import Template as _Template
from sys import exc_info as _exc_info, stderr as _stderr, stdout as _stdout
from threading import RLock as _RLock
from time import gmtime as _gmtime, strftime as _strftime

CRITICAL = 50
FATAL = CRITICAL
ERROR = 40
WARNING = 30
WARN = WARNING
INFO = 20
DEBUG = 10
NOTSET = 0

BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"


def getLevelName(level):
    if level == CRITICAL:
        return "CRITICAL"
    if level == ERROR:
        return "ERROR"
    if level == WARNING:
        return "WARNING"
    if level == INFO:
        return "INFO"
    if level == DEBUG:
        return "DEBUG"
    if level == NOTSET and isinstance(level, int):
        return "NOTSET"
    number = _number_of(level) if isinstance(level, str) else None
    return f"Level {level}" if number is None else number


def _number_of(name):
    if name == "CRITICAL" or name == "FATAL":
        return CRITICAL
    if name == "ERROR":
        return ERROR
    if name == "WARNING" or name == "WARN":
        return WARNING
    if name == "INFO":
        return INFO
    if name == "DEBUG":
        return DEBUG
    if name == "NOTSET":
        return NOTSET
    return None


def _check_level(level):
    if isinstance(level, int):
        return level
    if not isinstance(level, str):
        raise TypeError(f"Level not an integer or a valid string: {level!r}")
    number = _number_of(level)
    if number is None:
        raise ValueError(f"Unknown level: {level!r}")
    return number


def _check_number(level):
    if not isinstance(level, int):
        raise TypeError("level must be an integer")
    return level


# A record's own attributes are those that the program stores; the others are here in a dict, that nothing is said about
# attributes of those names elsewhere.
class LogRecord:
    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None):
        if len(args) == 1 and isinstance(args[0], dict) and args[0]:
            args = args[0]
        file = pathname[pathname.rfind("/") + 1 :]
        self._fields = {
            "name": name,
            "msg": msg,
            "args": args,
            "levelname": getLevelName(level),
            "levelno": level,
            "pathname": pathname,
            "filename": file,
            "module": file.removesuffix(".py"),
            "exc_info": exc_info,
            "exc_text": None,
            "stack_info": sinfo,
            "lineno": lineno,
            "funcName": func,
            "processName": "MainProcess",
            "process": _getpid(),
        }

    def __getattr__(self, name):
        if name != "_fields" and name in self._fields:
            return self._fields[name]
        raise AttributeError(f"'LogRecord' object has no attribute '{name}'")

    def getMessage(self):
        message = str(self.msg)
        return message % self.args if self.args else message

    def __repr__(self):
        return f'<LogRecord: {self.name}, {self.levelno}, {self.pathname}, {self.lineno}, "{self.msg}">'


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        if style not in ("%", "{", "$"):
            raise ValueError("Style must be one of: %,{,$")
        if fmt is None:
            fmt = "%(message)s" if style == "%" else "{message}" if style == "{" else "${message}"
        if style == "%":
            end = fmt.find(")", fmt.find("%(") + 1)
            found = "%(" in fmt and end > 0 and end + 1 < len(fmt)
        else:
            found = style in fmt
        if validate and not found:
            if style == "%":
                raise ValueError(f"Invalid format '{fmt}' for '%' style")
            raise ValueError("invalid format: no fields")
        self._fmt = fmt
        self.datefmt = datefmt
        self._mark = style
        self._defaults = {} if defaults is None else defaults

    def usesTime(self):
        if self._mark == "%":
            return "%(asctime)" in self._fmt
        if self._mark == "{":
            return "{asctime" in self._fmt
        return "$asctime" in self._fmt or "${asctime}" in self._fmt

    def formatTime(self, record, datefmt=None):
        moment = _gmtime(record.created)
        if datefmt:
            return _strftime(datefmt, moment)
        return f"{_strftime('%Y-%m-%d %H:%M:%S', moment)},{int(record.msecs):03}"

    def formatException(self, ei):
        if ei[1] is None:
            return "NoneType: None"
        return __traceback(ei[1]).rstrip("\n")

    def formatMessage(self, record):
        fields = {**self._defaults, **record._fields, **record.__dict__}
        try:
            if self._mark == "%":
                return self._fmt % fields
            if self._mark == "{":
                return self._fmt.format_map(fields)
            return _Template(self._fmt).substitute(fields)
        except KeyError as error:
            raise ValueError(f"Formatting field not found in record: {error}")

    def format(self, record):
        fields = record._fields
        fields["message"] = record.getMessage()
        if self.usesTime():
            fields["asctime"] = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        if record.exc_info and not record.exc_text:
            fields["exc_text"] = self.formatException(record.exc_info)
        if record.exc_text:
            text = text.rstrip("\n") + "\n" + record.exc_text
        return text


_PLAIN = Formatter()
_BASIC = Formatter(BASIC_FORMAT)


class Filter:
    def __init__(self, name=""):
        self._above = name

    def filter(self, record):
        return not self._above or record.name == self._above or record.name.startswith(self._above + ".")


class _Filterer:
    @property
    def filters(self):
        return self._filters

    def addFilter(self, filter):
        if filter not in self._filters:
            self._filters.append(filter)
            self._take_over()

    def removeFilter(self, filter):
        if filter in self._filters:
            self._filters.remove(filter)

    def filter(self, record):
        for one in self._filters:
            passes = one.filter(record) if hasattr(one, "filter") else one(record)
            if not passes:
                return False
        return True


# `_stream` is the machine's word for where a handler writes: 0 nowhere, 1 standard output, 2 standard error; and 3 when it is
# A lock that has no name in the program: the screen does not show it.
def _own_lock():
    return _RLock()


# Python code that handles its records.
class Handler(_Filterer):
    def __init__(self, level=NOTSET):
        self._stream = 3
        self._formatter = None
        self._filters = []
        self._level = NOTSET
        self._own_name = None
        self.lock = _own_lock()
        if level != NOTSET:
            self.setLevel(level)

    # From now on, Python code handles its records.
    def _take_over(self):
        self._stream = 3
        __log_handler_level(self, self._stream, self._level)

    @property
    def name(self):
        return self._own_name

    @name.setter
    def name(self, name):
        self._own_name = name

    def get_name(self):
        return self._own_name

    def set_name(self, name):
        self._own_name = name

    @property
    def level(self):
        return self._level

    @property
    def formatter(self):
        return self._formatter

    def setLevel(self, level):
        self._level = _check_level(level)
        __log_handler_level(self, self._stream, self._level)

    def setFormatter(self, fmt):
        self._formatter = fmt
        if type(fmt) is not Formatter or fmt._defaults:
            self._take_over()
        elif self._stream != 3:
            __log_handler_format(self, self._stream, fmt, fmt._fmt, fmt.datefmt, fmt._mark)

    def acquire(self):
        self.lock.acquire()

    def release(self):
        self.lock.release()

    def format(self, record):
        return (self._formatter or _PLAIN).format(record)

    def emit(self, record):
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        passes = self.filter(record)
        if passes:
            with self.lock:
                self.emit(record)
        return passes

    def handleError(self, record):
        error = _exc_info()[1]
        text = "" if error is None else __traceback(error)
        _stderr.write(f"--- Logging error ---\n{text}Message: {record.msg!r}\nArguments: {record.args}\n")

    def flush(self):
        pass

    def close(self):
        pass

    def __repr__(self):
        return f"<{type(self).__name__} ({getLevelName(self._level)})>"


class StreamHandler(Handler):
    terminator = "\n"

    def __init__(self, stream=None):
        super().__init__()
        self.stream = _stderr if stream is None else stream
        if type(self) is StreamHandler and (self.stream is _stdout or self.stream is _stderr):
            self._stream = 1 if self.stream is _stdout else 2

    def emit(self, record):
        try:
            self.stream.write(self.format(record) + self.terminator)
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def __repr__(self):
        name = "<stdout> " if self.stream is _stdout else "<stderr> " if self.stream is _stderr else ""
        return f"<{type(self).__name__} {name}({getLevelName(self._level)})>"


class FileHandler(StreamHandler):
    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        super().__init__()
        self.baseFilename = _abspath(filename)
        self.mode = mode
        self.encoding = encoding
        self.errors = errors
        self.delay = delay
        self._opened = None if delay else self._open()
        self._ended = False

    def _open(self):
        return _open(self.baseFilename, self.mode, encoding=self.encoding)

    def emit(self, record):
        if self._opened is None:
            if self._ended and self.mode == "w":
                return
            self._opened = self._open()
        try:
            self._opened.write(self.format(record) + self.terminator)
            self._opened.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def close(self):
        if self._opened is not None:
            self._opened.close()
        self._opened = None
        self._ended = True
        super().close()

    def __repr__(self):
        return f"<FileHandler {self.baseFilename} ({getLevelName(self._level)})>"


class NullHandler(Handler):
    def __init__(self, level=NOTSET):
        super().__init__(level)
        self._stream = 0

    def _take_over(self):
        pass

    def handle(self, record):
        pass

    def emit(self, record):
        pass

    def __repr__(self):
        return f"<NullHandler ({getLevelName(self._level)})>"


# A log call that Python code has to do: what was said, what the machine has seen of it, and the handlers that it comes to,
# `None` for the one that the root gets by itself.
def _handle(name, level, msg, args, exception, extra, seen, handlers):
    path, line, function, thread, thread_name, created, since_start = seen
    if exception is None:
        shown = None
    elif exception is False:
        shown = (None, None, None)
    else:
        shown = (type(exception), exception, exception.__traceback__)
    record = LogRecord(name or "root", level, path, line, msg, args, shown, function)
    fields = record._fields
    fields["thread"] = thread
    fields["threadName"] = thread_name
    fields["created"] = created
    fields["msecs"] = created * 1000 // 1 % 1000
    fields["relativeCreated"] = since_start
    for key in extra or ():
        if key in ("message", "asctime") or key in fields:
            raise KeyError(f"Attempt to overwrite {key!r} in LogRecord")
        fields[key] = extra[key]
    logger = __log_logger(name)
    if logger is not None and not logger.filter(record):
        return
    if not handlers:
        _stderr.write(_PLAIN.format(record) + "\n")
    for handler in handlers:
        if handler is None:
            _stderr.write(_BASIC.format(record) + "\n")
        else:
            handler.handle(record)


class Logger(_Filterer):
    def __init__(self, path):
        self._path = path
        self._filters = []

    def _take_over(self):
        __log_set(self._path, "filtered", True)

    @property
    def name(self):
        return self._path or "root"

    @property
    def level(self):
        return __log_ask(self._path, "level")

    @property
    def handlers(self):
        return [*__log_ask(self._path, "handlers")]

    @property
    def parent(self):
        above = __log_ask(self._path, "parent")
        return None if above is None else getLogger(above)

    @property
    def root(self):
        return getLogger()

    @property
    def propagate(self):
        return __log_ask(self._path, "propagate")

    @propagate.setter
    def propagate(self, value):
        __log_set(self._path, "propagate", bool(value))

    @property
    def disabled(self):
        return __log_ask(self._path, "disabled")

    @disabled.setter
    def disabled(self, value):
        __log_set(self._path, "disabled", bool(value))

    def setLevel(self, level):
        __log_set(self._path, "level", _check_level(level))

    def getEffectiveLevel(self):
        return __log_ask(self._path, "effective")

    def isEnabledFor(self, level):
        return __log_ask(self._path, "enabled", level)

    def hasHandlers(self):
        return __log_ask(self._path, "any")

    def addHandler(self, hdlr):
        __log_attach(self._path, hdlr, hdlr._stream, True)

    def removeHandler(self, hdlr):
        __log_attach(self._path, hdlr, hdlr._stream, False)

    def getChild(self, suffix):
        return getLogger(self._path + "." + suffix if self._path else suffix)

    def debug(self, msg, *args, exc_info=None, extra=None):
        __log(self._path, DEBUG, msg, args, _shown(exc_info), extra)

    def info(self, msg, *args, exc_info=None, extra=None):
        __log(self._path, INFO, msg, args, _shown(exc_info), extra)

    def warning(self, msg, *args, exc_info=None, extra=None):
        __log(self._path, WARNING, msg, args, _shown(exc_info), extra)

    def error(self, msg, *args, exc_info=None, extra=None):
        __log(self._path, ERROR, msg, args, _shown(exc_info), extra)

    def exception(self, msg, *args, exc_info=True, extra=None):
        __log(self._path, ERROR, msg, args, _shown(exc_info), extra)

    def critical(self, msg, *args, exc_info=None, extra=None):
        __log(self._path, CRITICAL, msg, args, _shown(exc_info), extra)

    warn = warning
    fatal = critical

    def log(self, level, msg, *args, exc_info=None, extra=None):
        __log(self._path, _check_number(level), msg, args, _shown(exc_info), extra)

    def __repr__(self):
        kind = "Logger" if self._path else "RootLogger"
        return f"<{kind} {self._path or 'root'} ({getLevelName(self.getEffectiveLevel())})>"


class LoggerAdapter:
    def __init__(self, logger, extra=None):
        self.logger = logger
        self.extra = extra

    @property
    def name(self):
        return self.logger.name

    def process(self, msg, kwargs):
        kwargs["extra"] = self.extra
        return msg, kwargs

    def log(self, level, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            msg, kwargs = self.process(msg, kwargs)
            self.logger.log(level, msg, *args, **kwargs)

    def debug(self, msg, *args, **kwargs):
        self.log(DEBUG, msg, *args, **kwargs)

    def info(self, msg, *args, **kwargs):
        self.log(INFO, msg, *args, **kwargs)

    def warning(self, msg, *args, **kwargs):
        self.log(WARNING, msg, *args, **kwargs)

    def error(self, msg, *args, **kwargs):
        self.log(ERROR, msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        self.log(ERROR, msg, *args, exc_info=exc_info, **kwargs)

    def critical(self, msg, *args, **kwargs):
        self.log(CRITICAL, msg, *args, **kwargs)

    def isEnabledFor(self, level):
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        return self.logger.hasHandlers()


# An exception, True for the one being handled, or None.
def _shown(exc_info):
    if not exc_info:
        return None
    if isinstance(exc_info, BaseException):
        return exc_info
    if isinstance(exc_info, tuple):
        return exc_info[1]
    return True


def getLogger(name=None):
    if not name or name == "root":
        name = ""
    elif not isinstance(name, str):
        raise TypeError("A logger name must be a string")
    found = __log_logger(name)
    return __log_logger(name, Logger(name)) if found is None else found


def debug(msg, *args, exc_info=None, extra=None):
    __log(None, DEBUG, msg, args, _shown(exc_info), extra)


def info(msg, *args, exc_info=None, extra=None):
    __log(None, INFO, msg, args, _shown(exc_info), extra)


def warning(msg, *args, exc_info=None, extra=None):
    __log(None, WARNING, msg, args, _shown(exc_info), extra)


def error(msg, *args, exc_info=None, extra=None):
    __log(None, ERROR, msg, args, _shown(exc_info), extra)


def exception(msg, *args, exc_info=True, extra=None):
    __log(None, ERROR, msg, args, _shown(exc_info), extra)


def critical(msg, *args, exc_info=None, extra=None):
    __log(None, CRITICAL, msg, args, _shown(exc_info), extra)


fatal = critical


def log(level, msg, *args, exc_info=None, extra=None):
    __log(None, _check_number(level), msg, args, _shown(exc_info), extra)


def disable(level=CRITICAL):
    __log_set("", "disable", _check_level(level))


def shutdown():
    pass


# Linked where the program says `filename`, so `basicConfig` does not hold that word.
def _into_file(name, mode, encoding):
    return FileHandler(name, mode, encoding)


def basicConfig(*, format=None, datefmt=None, style="%", level=None, stream=None, handlers=None, force=False, **others):
    into, mode = others.pop("file" "name", None), others.pop("filemode", "a")
    encoding, errors = others.pop("encoding", None), others.pop("errors", None)
    if __log_ask("", "any") and not force:
        return
    if into is not None and handlers is None:
        if stream is not None:
            raise ValueError("'stream' and 'file" "name' should not be specified together")
        handlers = [_into_file(into, mode, encoding)]
    elif handlers is not None and (stream is not None or into is not None):
        raise ValueError("'stream' or 'file" "name' should not be specified together with 'handlers'")
    if style not in ("%", "{", "$"):
        raise ValueError("Style must be one of: %,{,$")
    if others:
        raise ValueError("Unrecognised argument(s): " + ", ".join(others.keys()))
    if format is None:
        format = BASIC_FORMAT
        if style == "{":
            format = "{levelname}:{name}:{message}"
        elif style == "$":
            format = "${levelname}:${name}:${message}"
    number = None if level is None else _check_level(level)
    formatter = Formatter(format, datefmt, style)
    chosen = [StreamHandler(stream)] if handlers is None else handlers
    for handler in chosen:
        if handler._formatter is None:
            handler._formatter = formatter
    pairs = (*[(handler, handler._stream) for handler in chosen],)
    __log_configure(bool(force), number, pairs, formatter, format, datefmt, style)

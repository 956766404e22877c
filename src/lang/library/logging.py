# Loggers, handlers and formatters. What they are set to is kept by the machine, which does a log call as one operation.

import sys

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


class Formatter:
    def __init__(self, fmt=None, datefmt=None, style="%", validate=True):
        if style not in ("%", "{", "$"):
            raise ValueError("Style must be one of: %,{,$")
        if fmt is None:
            fmt = "%(message)s" if style == "%" else "{message}" if style == "{" else "${message}"
        field = "%(" if style == "%" else style
        if validate and field not in fmt:
            if style == "%":
                raise ValueError(f"Invalid format '{fmt}' for '%' style")
            raise ValueError("invalid format: no fields")
        self._fmt = fmt
        self.datefmt = datefmt
        self._style = style


class _Handler:
    def __init__(self, stream):
        self._stream = stream

    def setLevel(self, level):
        __log_handler_level(self, self._stream, _check_level(level))

    def setFormatter(self, formatter):
        __log_handler_format(self, self._stream, formatter, formatter._fmt, formatter.datefmt, formatter._style)

    def flush(self):
        pass

    def close(self):
        pass


# The machine's word for a stream: 1 is standard output, 2 standard error.
class StreamHandler(_Handler):
    def __init__(self, stream=None):
        if stream is not None and stream is not sys.stdout and stream is not sys.stderr:
            raise NotImplementedError("raddle logs to sys.stdout and sys.stderr alone")
        super().__init__(1 if stream is sys.stdout else 2)

    @property
    def stream(self):
        return sys.stdout if self._stream == 1 else sys.stderr


class NullHandler(_Handler):
    def __init__(self):
        super().__init__(0)


class Logger:
    def __init__(self, path):
        self._path = path

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

    def debug(self, msg, *args, exc_info=None):
        __log(self._path, DEBUG, msg, args, _shown(exc_info))

    def info(self, msg, *args, exc_info=None):
        __log(self._path, INFO, msg, args, _shown(exc_info))

    def warning(self, msg, *args, exc_info=None):
        __log(self._path, WARNING, msg, args, _shown(exc_info))

    def error(self, msg, *args, exc_info=None):
        __log(self._path, ERROR, msg, args, _shown(exc_info))

    def exception(self, msg, *args, exc_info=True):
        __log(self._path, ERROR, msg, args, _shown(exc_info))

    def critical(self, msg, *args, exc_info=None):
        __log(self._path, CRITICAL, msg, args, _shown(exc_info))

    def log(self, level, msg, *args, exc_info=None):
        __log(self._path, _check_number(level), msg, args, _shown(exc_info))

    def __repr__(self):
        kind = "Logger" if self._path else "RootLogger"
        return f"<{kind} {self._path or 'root'} ({getLevelName(self.getEffectiveLevel())})>"


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


def debug(msg, *args, exc_info=None):
    __log(None, DEBUG, msg, args, _shown(exc_info))


def info(msg, *args, exc_info=None):
    __log(None, INFO, msg, args, _shown(exc_info))


def warning(msg, *args, exc_info=None):
    __log(None, WARNING, msg, args, _shown(exc_info))


def error(msg, *args, exc_info=None):
    __log(None, ERROR, msg, args, _shown(exc_info))


def exception(msg, *args, exc_info=True):
    __log(None, ERROR, msg, args, _shown(exc_info))


def critical(msg, *args, exc_info=None):
    __log(None, CRITICAL, msg, args, _shown(exc_info))


def log(level, msg, *args, exc_info=None):
    __log(None, _check_number(level), msg, args, _shown(exc_info))


def disable(level=CRITICAL):
    __log_set("", "disable", _check_level(level))


def shutdown():
    pass


def basicConfig(*, format=None, datefmt=None, style="%", level=None, stream=None, handlers=None, force=False, **others):
    if others.pop("filename", None) is not None:
        raise NotImplementedError("raddle has no files: leave `filename` out, or give `stream=sys.stdout`")
    for known in ("filemode", "encoding", "errors"):
        others.pop(known, None)
    if handlers is not None and stream is not None:
        raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
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
    pairs = (*[(handler, handler._stream) for handler in chosen],)
    __log_configure(bool(force), number, pairs, formatter, format, datefmt, style)

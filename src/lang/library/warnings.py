# Warnings, as CPython shows and leaves them out by itself.

import sys as _sys

_filters = []
_shown = []

_DEFAULTS = [
    ("default", DeprecationWarning, "__main__"),
    ("ignore", DeprecationWarning, None),
    ("ignore", ResourceWarning, None),
]
_ACTIONS = ("error", "ignore", "always", "default", "module", "once")


class WarningMessage:
    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self.category.__name__!r}, filename : {self.filename!r}, "
            f"lineno : {self.lineno}, line : {self.line!r}}}"
        )


def simplefilter(action, category=Warning, lineno=0, append=False):
    _checked(action, category)
    _add((action, "", category, lineno), append)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    _checked(action, category)
    _add((action, message, category, lineno), append)


def _checked(action, category):
    assert action in _ACTIONS, f"invalid action: {action!r}"
    assert issubclass(category, Warning), "category must be a Warning subclass"


def _add(entry, append):
    if append:
        _filters.append(entry)
    else:
        _filters.insert(0, entry)
    _shown.clear()


def resetwarnings():
    _filters.clear()
    _filters.append(("default", "", Warning, 0))


def formatwarning(message, category, filename, lineno, line=None):
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    return text + f"  {line.strip()}\n" if line else text


def showwarning(message, category, filename, lineno, file=None, line=None):
    (_sys.stderr if file is None else file).write(formatwarning(message, category, filename, lineno, line))


def _begins(text, pattern):
    if not pattern:
        return True
    import re

    return re.match(pattern, text, re.I) is not None


def _action(category, text, lineno):
    for action, message, kind, line in _filters:
        if issubclass(category, kind) and line in (0, lineno) and _begins(text, message):
            return action
    for action, kind, module in _DEFAULTS:
        if issubclass(category, kind):
            return action
    return "default"


def warn(message, category=None, stacklevel=1, source=None):
    if isinstance(message, Warning):
        category = type(message)
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    frame = __frame()
    for _ in range(stacklevel - 1):
        frame = frame.f_back if frame is not None else None
    place = __entries(frame)
    filename, lineno, _, line = place[-1] if place else ("sys", 1, "", None)
    _warned(message, category, filename, lineno, line, source)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    _warned(message, type(message) if isinstance(message, Warning) else category, filename, lineno, None, source)


def _warned(message, category, filename, lineno, line, source):
    text = str(message)
    action = _action(category, text, lineno)
    if action == "ignore":
        return
    warning = message if isinstance(message, Warning) else category(message)
    if action == "error":
        raise warning
    key = {"always": None, "once": (text, category), "module": (text, category, filename)}
    key = key.get(action, (text, category, filename, lineno))
    if key is not None:
        if key in _shown:
            return
        _shown.append(key)
    if _catching:
        if _catching[-1] is not None:
            _catching[-1].append(WarningMessage(warning, category, filename, lineno, source=source))
            return
    showwarning(warning, category, filename, lineno, line=line)


_catching = []


class catch_warnings:
    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._action = action
        self._category = category
        self._line = lineno
        self._append = append
        self._kept = None

    def __enter__(self):
        if self._kept is not None:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._kept = _filters[:]
        _shown.clear()
        log = [] if self._record else None
        _catching.append(log)
        if self._action is not None:
            simplefilter(self._action, self._category, self._line, self._append)
        return log

    def __exit__(self, *details):
        if self._kept is None:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        _filters[:] = self._kept
        _catching.pop()
        _shown.clear()

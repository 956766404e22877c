# Tracebacks as the machine prints them.

import sys as _sys


# The whole traceback. What classes with a `__str__` say of themselves is asked beforehand.
def _text(exception):
    words = []
    ahead = [exception]
    while ahead and len(words) < 50:
        one = ahead.pop()
        try:
            words.append((one, str(one)))
        except Exception:
            words.append((one, "<exception str() failed>"))
        if one.__cause__ is not None:
            ahead.append(one.__cause__)
        elif one.__context__ is not None:
            ahead.append(one.__context__)
    return __traceback(exception, words)


def _write(text, file):
    (_sys.stderr if file is None else file).write(text)


def format_exc(limit=None, chain=True):
    exception = _sys.exc_info()[1]
    return "NoneType: None\n" if exception is None else _text(exception)


def print_exc(limit=None, file=None, chain=True):
    _write(format_exc(), file)


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    return _text(exc if value is None else value).splitlines(True)


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    _write(_text(exc if value is None else value), file)


def format_exception_only(exc, value=None):
    return [_text(exc if value is None else value).splitlines(True)[-1]]

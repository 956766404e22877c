# Tracebacks as the machine prints them.

import sys as _sys


def _write(text, file):
    (_sys.stderr if file is None else file).write(text)


def format_exc(limit=None, chain=True):
    exception = _sys.exc_info()[1]
    return "NoneType: None\n" if exception is None else __traceback(exception)


def print_exc(limit=None, file=None, chain=True):
    _write(format_exc(), file)


def format_exception(exc, value=None, tb=None, limit=None, chain=True):
    return __traceback(exc if value is None else value).splitlines(True)


def print_exception(exc, /, value=None, tb=None, limit=None, file=None, chain=True):
    _write(__traceback(exc if value is None else value), file)


def format_exception_only(exc, value=None):
    return [__traceback(exc if value is None else value).splitlines(True)[-1]]

# Questions about objects.

import sys as _sys
from types import BuiltinFunctionType as _BuiltinFunctionType
from types import FunctionType as _FunctionType
from types import GeneratorType as _GeneratorType
from types import MethodType as _MethodType


def isclass(object):
    return isinstance(object, type)


def isfunction(object):
    return isinstance(object, _FunctionType)


def ismethod(object):
    return isinstance(object, _MethodType)


def isbuiltin(object):
    return isinstance(object, _BuiltinFunctionType)


def isroutine(object):
    return isfunction(object) or ismethod(object) or isbuiltin(object)


def isgenerator(object):
    return isinstance(object, _GeneratorType)


def ismodule(object):
    return isinstance(object, type(_sys))


def isabstract(object):
    return isinstance(object, type) and bool(getattr(object, "__abstractmethods__", ()))


def getmembers(object, predicate=None):
    found = []
    for name in dir(object):
        if hasattr(object, name):
            value = getattr(object, name)
            if predicate is None or predicate(value):
                found.append((name, value))
    return found


def getmro(cls):
    return cls.__mro__


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margins = [len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()]
    margin = min(margins, default=0)
    lines = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def getdoc(object):
    doc = object.__doc__
    if doc is None and isinstance(object, type):
        for base in object.__mro__[1:-1]:
            doc = doc or base.__doc__
    return cleandoc(doc) if isinstance(doc, str) else None


def currentframe():
    return _sys._getframe(1)

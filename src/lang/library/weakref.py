# References that do not keep an object. When memory is given back is nobody's business here, so what they refer to stays.

from abc import ABC as _ABC
from atexit import register as _at_exit
from collections.abc import MutableMapping as _MutableMapping
from collections.abc import MutableSet as _MutableSet

_PLAIN = (int, float, str, bytes, tuple, list, dict, type(None))


class ReferenceType:
    def __init__(self, object, callback=None, /):
        if type(object) in _PLAIN:
            raise TypeError(f"cannot create weak reference to '{type(object).__name__}' object")
        self._object = object
        self.__callback__ = callback

    def __call__(self):
        return self._object

    def __eq__(self, other):
        if isinstance(other, ReferenceType):
            return self._object == other._object
        return NotImplemented

    def __hash__(self):
        return hash(self._object)

    def __repr__(self):
        return f"<weakref at {id(self):#x}; to {type(self._object).__name__!r} at {id(self._object):#x}>"


ref = ReferenceType


class WeakMethod(ReferenceType):
    pass


class _Proxy:
    def __init__(self, object):
        self._object = object

    def __getattr__(self, name):
        return getattr(self._object, name)

    def __call__(self, *arguments, **keywords):
        return self._object(*arguments, **keywords)

    def __str__(self):
        return str(self._object)

    def __len__(self):
        return len(self._object)

    def __iter__(self):
        return iter(self._object)

    def __getitem__(self, key):
        return self._object[key]


def proxy(object, callback=None, /):
    if type(object) in _PLAIN:
        raise TypeError(f"cannot create weak reference to '{type(object).__name__}' object")
    return _Proxy(object)


class _WeakDictionary(_MutableMapping):
    def __init__(self, other=(), /, **keywords):
        self._data = {}
        self.update(other, **keywords)

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        self._check(key, value)
        self._data[key] = value

    def __delitem__(self, key):
        del self._data[key]

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)

    def __contains__(self, key):
        return key in self._data

    def __repr__(self):
        return f"<{type(self).__name__} at {id(self):#x}>"

    def copy(self):
        return type(self)(self)


class WeakValueDictionary(_WeakDictionary):
    def _check(self, key, value):
        ReferenceType(value)

    def valuerefs(self):
        return [ReferenceType(value) for value in self._data.values()]


class WeakKeyDictionary(_WeakDictionary):
    def _check(self, key, value):
        ReferenceType(key)

    def keyrefs(self):
        return [ReferenceType(key) for key in self._data]


class WeakSet(_MutableSet):
    def __init__(self, data=None):
        self._data = {}
        for item in data or ():
            self.add(item)

    def add(self, item):
        ReferenceType(item)
        self._data[item] = True

    def discard(self, item):
        self._data.pop(item, None)

    def __contains__(self, item):
        return item in self._data

    def __iter__(self):
        return iter([*self._data])

    def __len__(self):
        return len(self._data)

    def __repr__(self):
        return repr({*self._data})


_left = {}


def _finish_all():
    for number in sorted(_left, reverse=True):
        kept = _left.get(number)
        if kept is not None and kept.atexit:
            kept()


class finalize:
    def __init__(self, obj, func, /, *args, **kwargs):
        self._call = (obj, func, args, kwargs)
        self._atexit = True
        if not _left:
            _at_exit(_finish_all)
        self._number = len(_left) + 1
        _left[self._number] = self

    @property
    def alive(self):
        return self._call is not None

    @property
    def atexit(self):
        return self._atexit

    @atexit.setter
    def atexit(self, value):
        self._atexit = bool(value)

    def __call__(self, _=None):
        call = self.detach()
        if call is not None:
            return call[1](*call[2], **call[3])

    def detach(self):
        call, self._call = self._call, None
        return call

    def peek(self):
        return self._call

# Variables that each thread has for itself. A context is a copy of what they held.

from threading import local as _local

_own = _local()
_missing = object()


def _values():
    if not hasattr(_own, "values"):
        _own.values = {}
    return _own.values


class Token:
    MISSING = _missing

    def __init__(self, var, old_value):
        self.var = var
        self.old_value = old_value
        self._used = False


class ContextVar:
    def __init__(self, name, /, *, default=_missing):
        self.name = name
        self._default = default

    def get(self, default=_missing, /):
        value = _values().get(self, _missing)
        if value is not _missing:
            return value
        if default is not _missing:
            return default
        if self._default is not _missing:
            return self._default
        raise LookupError(self)

    def set(self, value, /):
        values = _values()
        token = Token(self, values.get(self, _missing))
        _own.values = {**values, self: value}
        return token

    def reset(self, token, /):
        if token._used:
            raise RuntimeError(f"{token!r} has already been used once")
        token._used = True
        values = dict(_values())
        if token.old_value is _missing:
            values.pop(self, None)
        else:
            values[self] = token.old_value
        _own.values = values

    @classmethod
    def __class_getitem__(cls, index):
        return cls


class Context:
    def __init__(self):
        self._held = {}

    def run(self, callable, *args, **kwargs):
        before = _values()
        _own.values = self._held
        try:
            return callable(*args, **kwargs)
        finally:
            self._held = _own.values
            _own.values = before

    def copy(self):
        made = Context()
        made._held = self._held
        return made

    def __getitem__(self, var):
        return self._held[var]

    def __contains__(self, var):
        return var in self._held

    def __iter__(self):
        return iter(self._held)

    def __len__(self):
        return len(self._held)

    def get(self, var, default=None):
        return self._held.get(var, default)

    def items(self):
        return self._held.items()


def copy_context():
    made = Context()
    made._held = _values()
    return made

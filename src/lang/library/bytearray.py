# `bytearray`: bytes that can be changed. They are kept as a list of integers.

_list = list


def _byte(value):
    if not hasattr(value, "__index__"):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    value = value.__index__()
    if not 0 <= value < 256:
        raise ValueError("byte must be in range(0, 256)")
    return value


def _bytes(value):
    if isinstance(value, bytearray):
        return bytes(value._items)
    if isinstance(value, bytes):
        return value
    raise TypeError(f"a bytes-like object is required, not '{type(value).__name__}'")


# What may be looked for: one byte, or some.
def _sought(value):
    if isinstance(value, (bytes, bytearray)):
        return _bytes(value)
    if hasattr(value, "__index__"):
        return bytes((_byte(value),))
    raise TypeError(f"argument should be integer or bytes-like object, not '{type(value).__name__}'")


def _edges(value):
    return tuple(_bytes(item) for item in value) if isinstance(value, tuple) else _bytes(value)


def _again(parts):
    return [bytearray(part) for part in parts]


class bytearray:
    __module__ = "builtins"
    __hash__ = None

    def __init__(self, source=b"", encoding=None, errors="strict"):
        if isinstance(source, str):
            if encoding is None:
                raise TypeError("string argument without an encoding")
            self._items = _list(source.encode(encoding, errors))
        elif encoding is not None:
            raise TypeError("encoding without a string argument")
        elif isinstance(source, bytearray):
            self._items = source._items[:]
        elif isinstance(source, bytes):
            self._items = _list(source)
        elif hasattr(source, "__index__"):
            count = source.__index__()
            if count < 0:
                raise ValueError("negative count")
            self._items = [0] * count
        elif hasattr(source, "__iter__") or hasattr(source, "__getitem__"):
            self._items = [_byte(value) for value in source]
        else:
            raise TypeError(f"cannot convert '{type(source).__name__}' object to bytearray")

    @classmethod
    def fromhex(cls, text, /):
        return cls(bytes.fromhex(text))

    def __repr__(self):
        return f"{type(self).__name__}({bytes(self._items)!r})"

    def __bytes__(self):
        return bytes(self._items)

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return reversed(self._items)

    def __contains__(self, value):
        return _sought(value) in bytes(self._items)

    def _place(self, index):
        if not hasattr(index, "__index__"):
            raise TypeError(f"bytearray indices must be integers or slices, not {type(index).__name__}")
        index = index.__index__()
        if not -len(self._items) <= index < len(self._items):
            raise IndexError("bytearray index out of range")
        return index

    def __getitem__(self, index):
        if isinstance(index, slice):
            return bytearray(bytes(self._items[index]))
        return self._items[self._place(index)]

    def __setitem__(self, index, value):
        if not isinstance(index, slice):
            self._items[self._place(index)] = _byte(value)
            return
        if isinstance(value, (int, str)):
            raise TypeError("can assign only bytes, buffers, or iterables of ints in range(0, 256)")
        values = bytearray(value)._items
        step = 1 if index.step is None else index.step
        if step != 1:
            size = len(self._items[index])
            if size != len(values):
                raise ValueError(f"attempt to assign bytes of size {len(values)} to extended slice of size {size}")
        self._items[index] = values

    def __delitem__(self, index):
        del self._items[index if isinstance(index, slice) else self._place(index)]

    def __eq__(self, other):
        return self._items == _list(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __lt__(self, other):
        return bytes(self._items) < _bytes(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __le__(self, other):
        return bytes(self._items) <= _bytes(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __gt__(self, other):
        return bytes(self._items) > _bytes(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __ge__(self, other):
        return bytes(self._items) >= _bytes(other) if isinstance(other, (bytes, bytearray)) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, (bytes, bytearray)):
            raise TypeError(f"can't concat {type(other).__name__} to bytearray")
        return bytearray(bytes(self._items) + _bytes(other))

    def __radd__(self, other):
        return other + bytes(self._items) if isinstance(other, bytes) else NotImplemented

    def __iadd__(self, other):
        if not isinstance(other, (bytes, bytearray)):
            raise TypeError(f"can't concat {type(other).__name__} to bytearray")
        self._items.extend(_bytes(other))
        return self

    def __mul__(self, count):
        if not hasattr(count, "__index__"):
            raise TypeError(f"can't multiply sequence by non-int of type '{type(count).__name__}'")
        return bytearray(bytes(self._items) * count.__index__())

    __rmul__ = __mul__

    def __imul__(self, count):
        self._items *= count
        return self

    def append(self, value, /):
        self._items.append(_byte(value))

    def extend(self, values, /):
        self._items.extend(bytearray(_list(values) if isinstance(values, str) else values)._items)

    def insert(self, index, value, /):
        self._items.insert(index, _byte(value))

    def pop(self, index=-1, /):
        if not self._items:
            raise IndexError("pop from empty bytearray")
        if not -len(self._items) <= index < len(self._items):
            raise IndexError("pop index out of range")
        return self._items.pop(index)

    def remove(self, value, /):
        if _byte(value) not in self._items:
            raise ValueError("value not found in bytearray")
        self._items.remove(value)

    def reverse(self):
        self._items.reverse()

    def clear(self):
        self._items.clear()

    def copy(self):
        return bytearray(self)

    def decode(self, encoding="utf-8", errors="strict"):
        return bytes(self._items).decode(encoding, errors)

    def hex(self, *arguments):
        return bytes(self._items).hex(*arguments)

    def count(self, sub, *between):
        return bytes(self._items).count(_sought(sub), *between)

    def find(self, sub, *between):
        return bytes(self._items).find(_sought(sub), *between)

    def rfind(self, sub, *between):
        return bytes(self._items).rfind(_sought(sub), *between)

    def index(self, sub, *between):
        return bytes(self._items).index(_sought(sub), *between)

    def rindex(self, sub, *between):
        return bytes(self._items).rindex(_sought(sub), *between)

    def startswith(self, prefix, *between):
        return bytes(self._items).startswith(_edges(prefix), *between)

    def endswith(self, suffix, *between):
        return bytes(self._items).endswith(_edges(suffix), *between)

    def join(self, parts, /):
        return bytearray(bytes(self._items).join([_bytes(part) for part in parts]))

    def replace(self, old, new, count=-1, /):
        return bytearray(bytes(self._items).replace(_bytes(old), _bytes(new), count))

    def strip(self, *those):
        return bytearray(bytes(self._items).strip(*those))

    def lstrip(self, *those):
        return bytearray(bytes(self._items).lstrip(*those))

    def rstrip(self, *those):
        return bytearray(bytes(self._items).rstrip(*those))

    def lower(self):
        return bytearray(bytes(self._items).lower())

    def upper(self):
        return bytearray(bytes(self._items).upper())

    def split(self, sep=None, maxsplit=-1):
        return _again(bytes(self._items).split(sep, maxsplit))

    def splitlines(self, keepends=False):
        return _again(bytes(self._items).splitlines(keepends))

    def partition(self, sep, /):
        return tuple(_again(bytes(self._items).partition(_bytes(sep))))

    def isalpha(self):
        return bytes(self._items).isalpha()

    def isdigit(self):
        return bytes(self._items).isdigit()

    def isalnum(self):
        return bytes(self._items).isalnum()

    def isspace(self):
        return bytes(self._items).isspace()

    def isascii(self):
        return bytes(self._items).isascii()

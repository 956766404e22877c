# Values in lines that fit.

import sys as _sys
from collections import Counter, OrderedDict, defaultdict, deque


def pprint(object, stream=None, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    PrettyPrinter(
        stream=stream,
        indent=indent,
        width=width,
        depth=depth,
        compact=compact,
        sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    ).pprint(object)


def pp(object, *args, sort_dicts=False, **kwargs):
    pprint(object, *args, sort_dicts=sort_dicts, **kwargs)


def pformat(object, indent=1, width=80, depth=None, *, compact=False, sort_dicts=True, underscore_numbers=False):
    return PrettyPrinter(
        indent=indent,
        width=width,
        depth=depth,
        compact=compact,
        sort_dicts=sort_dicts,
        underscore_numbers=underscore_numbers,
    ).pformat(object)


def saferepr(object):
    return PrettyPrinter()._line(object, 1)


def isreadable(object):
    return not saferepr(object).startswith("<")


def isrecursive(object):
    return "<Recursion on " in saferepr(object)


# Keys of mixed types have an order, too.
class _Key:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        try:
            return self.value < other.value
        except TypeError:
            kind, other_kind = str(type(self.value)), str(type(other.value))
            return (kind, id(self.value)) < (other_kind, id(other.value))


def _by_key(pair):
    return _Key(pair[0])


class PrettyPrinter:
    def __init__(
        self, indent=1, width=80, depth=None, stream=None, *, compact=False, sort_dicts=True, underscore_numbers=False
    ):
        indent = int(indent)
        width = int(width)
        if indent < 0:
            raise ValueError("indent must be >= 0")
        if depth is not None and depth <= 0:
            raise ValueError("depth must be > 0")
        if not width:
            raise ValueError("width must be != 0")
        self._depth = depth
        self._step = indent
        self._width = width
        self._stream = stream
        self._compact = bool(compact)
        self._sorts = sort_dicts
        self._underscores = underscore_numbers

    def pprint(self, object):
        (_sys.stdout if self._stream is None else self._stream).write(self.pformat(object) + "\n")

    def pformat(self, object):
        out = []
        self._write(object, out, 0, 0, 1, ())
        return "".join(out)

    # In one line.
    def _line(self, object, level, around=()):
        if isinstance(object, (dict, list, tuple)) and type(object).__repr__ in _PLAIN:
            if id(object) in around:
                return _recursion(object)
            if not object:
                return repr(object)
            if self._depth is not None and level > self._depth:
                return "{...}" if isinstance(object, dict) else "[...]" if isinstance(object, list) else "(...)"
            inner = (*around, id(object))
            if isinstance(object, dict):
                pairs = self._pairs(object)
                items = [
                    f"{self._line(key, level + 1, inner)}: {self._line(value, level + 1, inner)}" for key, value in pairs
                ]
                return "{" + ", ".join(items) + "}"
            items = [self._line(item, level + 1, inner) for item in object]
            if isinstance(object, list):
                return "[" + ", ".join(items) + "]"
            return "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"
        if self._underscores and type(object) is int:
            return f"{object:_d}"
        return repr(object)

    def _pairs(self, mapping):
        return sorted(mapping.items(), key=_by_key) if self._sorts else mapping.items()

    def _write(self, object, out, indent, allowance, level, around):
        if id(object) in around:
            out.append(_recursion(object))
            return
        text = self._line(object, level, around)
        if len(text) <= self._width - indent - allowance or (self._depth is not None and level > self._depth):
            out.append(text)
            return
        inner = (*around, id(object))
        shape = type(object).__repr__
        if isinstance(object, dict) and shape is dict.__repr__:
            self._write_dict(object, out, indent, allowance + 1, level, inner)
        elif isinstance(object, list) and shape is list.__repr__:
            self._write_items(object, "[", "]", out, indent, allowance + 1, level, inner)
        elif isinstance(object, tuple) and shape is tuple.__repr__:
            end = ",)" if len(object) == 1 else ")"
            self._write_items(object, "(", end, out, indent, allowance + len(end), level, inner)
        elif isinstance(object, (set, frozenset)) and object and shape in (set.__repr__, frozenset.__repr__):
            name = type(object).__name__
            start, end = ("{", "}") if type(object) is set else (name + "({", "})")
            items = sorted(object, key=_Key)
            more = 0 if type(object) is set else len(name) + 1
            self._write_items(items, start, end, out, indent + more, allowance + len(end), level, inner)
        elif isinstance(object, OrderedDict) and object and shape is OrderedDict.__repr__:
            name = type(object).__name__ + "("
            out.append(name)
            items = list(object.items())
            self._write_items(items, "[", "]", out, indent + len(name), allowance + 2, level, inner)
            out.append(")")
        elif isinstance(object, defaultdict) and shape is defaultdict.__repr__:
            head = f"{type(object).__name__}({self._line(object.default_factory, level, inner)},"
            indent += len(type(object).__name__) + 1
            out.append(head + "\n" + " " * indent)
            self._write_dict(object, out, indent, allowance + 1, level, inner)
            out.append(")")
        elif isinstance(object, Counter) and object and shape is Counter.__repr__:
            name = type(object).__name__ + "({"
            out.append(name + " " * max(0, self._step - 1))
            self._write_pairs(object.most_common(), out, indent + len(name) - 1, allowance + 2, level, inner)
            out.append("})")
        elif isinstance(object, deque) and object and shape is deque.__repr__:
            name = type(object).__name__ + "("
            end = "])" if object.maxlen is None else "],\n" + " " * (indent + len(name)) + f"maxlen={object.maxlen})"
            self._write_items(object, name + "[", end, out, indent + len(name), allowance + 2, level, inner)
        elif isinstance(object, bytes) and len(object) > 4:
            self._write_bytes(object, out, indent, allowance, level)
        elif isinstance(object, str) and object:
            self._write_text(object, out, indent, allowance, level)
        elif hasattr(object, "__dataclass_fields__") and getattr(object, "__dataclass_params__", True):
            self._write_dataclass(object, out, indent, allowance, level, inner)
        else:
            out.append(text)

    def _write_dict(self, mapping, out, indent, allowance, level, around):
        out.append("{")
        if self._step > 1:
            out.append(" " * (self._step - 1))
        self._write_pairs(list(self._pairs(mapping)), out, indent, allowance, level, around)
        out.append("}")

    def _write_pairs(self, pairs, out, indent, allowance, level, around):
        indent += self._step
        for place, (key, value) in enumerate(pairs):
            last = place == len(pairs) - 1
            if place:
                out.append(",\n" + " " * indent)
            shown = self._line(key, level + 1, around)
            out.append(shown + ": ")
            self._write(value, out, indent + len(shown) + 2, allowance if last else 1, level + 1, around)

    def _write_bytes(self, data, out, indent, allowance, level):
        if level == 1:
            indent += 1
            allowance += 1
        width = self._width - indent
        last = len(data) // 4 * 4
        chunks = []
        current = b""
        for at in range(0, len(data), 4):
            part = data[at : at + 4]
            if at == last:
                width -= allowance
            if len(repr(current + part)) > width:
                if current:
                    chunks.append(repr(current))
                current = part
            else:
                current += part
        if current:
            chunks.append(repr(current))
        joined = ("\n" + " " * indent).join(chunks)
        out.append("(" + joined + ")" if level == 1 else joined)

    def _write_items(self, items, start, end, out, indent, allowance, level, around):
        out.append(start)
        indent += self._step
        if self._step > 1:
            out.append(" " * (self._step - 1))
        separator = ""
        width = room = self._width - indent + 1
        items = list(items)
        for place, item in enumerate(items):
            last = place == len(items) - 1
            if last:
                room -= allowance
                width -= allowance
            if self._compact:
                text = self._line(item, level + 1, around)
                needed = len(text) + 2
                if width < needed:
                    width = room
                    separator = separator and ",\n" + " " * indent
                if width >= needed:
                    width -= needed
                    out.append(separator + text)
                    separator = ", "
                    continue
            out.append(separator)
            separator = ",\n" + " " * indent
            self._write(item, out, indent, allowance if last else 1, level + 1, around)
        out.append(end)

    def _write_text(self, text, out, indent, allowance, level):
        chunks = []
        lines = text.splitlines(True)
        if level == 1:
            indent += 1
            allowance += 1
        room = most = self._width - indent
        for place, line in enumerate(lines):
            shown = repr(line)
            if place == len(lines) - 1:
                most -= allowance
            if len(shown) <= most:
                chunks.append(shown)
                continue
            words = _words(line)
            room_here = self._width - indent
            current = ""
            for index, word in enumerate(words):
                candidate = current + word
                if index == len(words) - 1 and place == len(lines) - 1:
                    room_here -= allowance
                if len(repr(candidate)) > room_here:
                    if current:
                        chunks.append(repr(current))
                    current = word
                else:
                    current = candidate
            if current:
                chunks.append(repr(current))
        if len(chunks) == 1:
            out.append(chunks[0])
            return
        joined = ("\n" + " " * indent).join(chunks)
        out.append("(" + joined + ")" if level == 1 else joined)

    def _write_dataclass(self, object, out, indent, allowance, level, around):
        name = type(object).__qualname__
        indent += len(name) + 1
        out.append(name + "(")
        fields = [field for field in object.__dataclass_fields__ if hasattr(object, field)]
        for place, field in enumerate(fields):
            last = place == len(fields) - 1
            out.append(field + "=")
            width = indent + len(field) + 1
            self._write(getattr(object, field), out, width, allowance + 1 if last else 1, level + 1, around)
            if not last:
                out.append(",\n" + " " * indent)
        out.append(")")


_PLAIN = (dict.__repr__, list.__repr__, tuple.__repr__)


# Words, each with the blanks behind it.
def _words(line):
    words = []
    begin = at = 0
    while at < len(line):
        while at < len(line) and not line[at].isspace():
            at += 1
        while at < len(line) and line[at].isspace():
            at += 1
        words.append(line[begin:at])
        begin = at
    return words


def _recursion(object):
    return f"<Recursion on {type(object).__name__} with id={id(object)}>"

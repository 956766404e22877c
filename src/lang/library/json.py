# Values as JSON text, and back.


class JSONDecodeError(ValueError):
    def __init__(self, msg, doc, pos):
        line = doc.count("\n", 0, pos) + 1
        column = pos - doc.rfind("\n", 0, pos)
        super().__init__(f"{msg}: line {line} column {column} (char {pos})")
        self.msg = msg
        self.doc = doc
        self.pos = pos
        self.lineno = line
        self.colno = column


_ESCAPES = (("\\", "\\\\"), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"), ("\b", "\\b"), ("\f", "\\f"), ('"', '\\"'))


def _quoted(text, ascii_only):
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    if not text.isprintable() or (ascii_only and not text.isascii()):
        text = "".join([_escaped(character, ascii_only) for character in text])
    return '"' + text + '"'


def _escaped(character, ascii_only):
    code = ord(character)
    if code < 32 or (ascii_only and 126 < code < 65536):
        return f"\\u{code:04x}"
    if ascii_only and code > 126:
        high, low = divmod(code - 65536, 1024)
        return f"\\u{high + 0xD800:04x}\\u{low + 0xDC00:04x}"
    return character


def _number(value, allow_nan=True):
    text = repr(float(value))
    if text in ("nan", "inf", "-inf"):
        if not allow_nan:
            raise ValueError("Out of range float values are not JSON compliant")
        return text.replace("nan", "NaN").replace("inf", "Infinity")
    return text


def _key(key, options):
    if isinstance(key, str):
        return _quoted(key, options[0])
    if key is None or isinstance(key, (int, float)):
        return _quoted(_written(key, options, ""), options[0])
    kind = type(key).__name__
    raise TypeError(f"keys must be str, int, float, bool or None, not {kind}")


# `options`: ascii only, indent, item separator, key separator, default, sort keys, the containers around, whether keys that
# are none are left out, and whether there are numbers that are none.
def _written(value, options, margin):
    if isinstance(value, str):
        return _quoted(value, options[0])
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return str(int(value))
    if isinstance(value, float):
        return _number(value, options[8])
    around = options[6]
    if id(value) in around:
        raise ValueError("Circular reference detected")
    around.append(id(value))
    inner = margin if options[1] is None else margin + options[1]
    if isinstance(value, (list, tuple)):
        text = _grouped("[", "]", [_written(item, options, inner) for item in value], options, margin, inner)
    elif isinstance(value, dict):
        pairs = sorted(value.items()) if options[5] else value.items()
        if options[7]:
            pairs = [(key, item) for key, item in pairs if key is None or isinstance(key, (str, int, float))]
        items = [_key(key, options) + options[3] + _written(item, options, inner) for key, item in pairs]
        text = _grouped("{", "}", items, options, margin, inner)
    elif options[4] is not None:
        text = _written(options[4](value), options, margin)
    else:
        raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")
    around.pop()
    return text


def _grouped(left, right, items, options, margin, inner):
    if not items:
        return left + right
    if options[1] is None:
        return left + options[2].join(items) + right
    separator = options[2] + "\n" + inner
    return left + "\n" + inner + separator.join(items) + "\n" + margin + right


class JSONEncoder:
    item_separator = ", "
    key_separator = ": "

    def __init__(
        self, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, sort_keys=False, indent=None,
        separators=None, default=None
    ):
        self._skips = skipkeys
        self._ascii = ensure_ascii
        self._nan = allow_nan
        self._sorts = sort_keys
        self._step = " " * indent if isinstance(indent, int) else indent
        if separators is None:
            separators = (self.item_separator if indent is None else ",", self.key_separator)
        self._separators = separators
        self._other = default

    def default(self, o):
        raise TypeError(f"Object of type {type(o).__name__} is not JSON serializable")

    def encode(self, o):
        between, behind = self._separators
        other = self.default if self._other is None else self._other
        options = (self._ascii, self._step, between, behind, other, self._sorts, [], self._skips, self._nan)
        return _written(o, options, "")

    def iterencode(self, o, _one_shot=False):
        yield self.encode(o)


def dumps(
    obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
    separators=None, default=None, sort_keys=False, **kw
):
    if cls is not None:
        return cls(
            skipkeys=skipkeys, ensure_ascii=ensure_ascii, check_circular=check_circular, allow_nan=allow_nan,
            indent=indent, separators=separators, default=default, sort_keys=sort_keys, **kw
        ).encode(obj)
    step = " " * indent if isinstance(indent, int) else indent
    if separators is None:
        separators = (", ", ": ") if indent is None else (",", ": ")
    options = (ensure_ascii, step, separators[0], separators[1], default, sort_keys, [], skipkeys, allow_nan)
    return _written(obj, options, "")


def dump(obj, fp, **keywords):
    fp.write(dumps(obj, **keywords))


def load(fp, **keywords):
    return loads(fp.read(), **keywords)


class JSONDecoder:
    def __init__(
        self, *, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, strict=True,
        object_pairs_hook=None
    ):
        self._hooks = (object_hook, object_pairs_hook, parse_float, parse_int, parse_constant)

    def decode(self, s):
        value, at = self.raw_decode(s, _skip(s, 0))
        at = _skip(s, at)
        if at < len(s):
            raise JSONDecodeError("Extra data", s, at)
        return value

    def raw_decode(self, s, idx=0):
        return _value(s, idx, self._hooks)


_NO_HOOKS = (None, None, None, None, None)


def loads(
    s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None, **kw
):
    if isinstance(s, bytes):
        s = s.decode("utf-8")
    if not isinstance(s, str):
        raise TypeError(f"the JSON object must be str, bytes or bytearray, not {type(s).__name__}")
    if cls is not None:
        given = {"object_hook": object_hook, "object_pairs_hook": object_pairs_hook, "parse_float": parse_float}
        given |= {"parse_int": parse_int, "parse_constant": parse_constant, **kw}
        return cls(**{name: hook for name, hook in given.items() if hook is not None}).decode(s)
    hooks = (object_hook, object_pairs_hook, parse_float, parse_int, parse_constant)
    value, at = _value(s, _skip(s, 0), hooks)
    at = _skip(s, at)
    if at < len(s):
        raise JSONDecodeError("Extra data", s, at)
    return value


def _skip(text, at):
    while at < len(text) and text[at] in " \t\n\r":
        at += 1
    return at


# `hooks`: what makes something else of dicts, of their pairs, of floats, of integers, and of numbers that are none.
def _value(text, at, hooks=_NO_HOOKS):
    start = text[at : at + 1]
    if start == '"':
        return _string(text, at + 1)
    if start == "{":
        return _object(text, _skip(text, at + 1), hooks)
    if start == "[":
        return _array(text, _skip(text, at + 1), hooks)
    for word, value in (("null", None), ("true", True), ("false", False)):
        if text.startswith(word, at):
            return value, at + len(word)
    for word in ("NaN", "Infinity", "-Infinity"):
        if text.startswith(word, at):
            constant = hooks[4]
            return float(word) if constant is None else constant(word), at + len(word)
    return _digits(text, at, hooks)


def _digits(text, at, hooks):
    end = at + 1 if text[at : at + 1] == "-" else at
    first = end
    while end < len(text) and text[end] in "0123456789":
        end += 1
    if end == first:
        raise JSONDecodeError("Expecting value", text, at)
    if text[first] == "0":
        end = first + 1
    whole = True
    if text[end : end + 1] == "." and text[end + 1 : end + 2].isdigit():
        whole = False
        end += 1
        while end < len(text) and text[end] in "0123456789":
            end += 1
    if text[end : end + 1] in ("e", "E"):
        after = end + 2 if text[end + 1 : end + 2] in ("+", "-") else end + 1
        if text[after : after + 1].isdigit():
            whole = False
            end = after
            while end < len(text) and text[end] in "0123456789":
                end += 1
    number = text[at:end]
    made = hooks[3] if whole else hooks[2]
    if made is not None:
        return made(number), end
    return (int(number) if whole else float(number)), end


def _string(text, at):
    begin = at - 1
    out = []
    while True:
        character = text[at : at + 1]
        if character == "":
            raise JSONDecodeError("Unterminated string starting at", text, begin)
        if character == '"':
            return "".join(out), at + 1
        if character < " ":
            raise JSONDecodeError("Invalid control character at", text, at)
        if character != "\\":
            out.append(character)
            at += 1
            continue
        escape = text[at + 1 : at + 2]
        if escape == "":
            raise JSONDecodeError("Unterminated string starting at", text, begin)
        if escape == "u":
            code, at = _code(text, at)
            out.append(chr(code))
            continue
        for plain, escaped in _ESCAPES + (("/", "\\/"),):
            if escaped == "\\" + escape:
                out.append(plain)
                break
        else:
            raise JSONDecodeError("Invalid \\escape", text, at)
        at += 2


def _code(text, at):
    digits = text[at + 2 : at + 6]
    if len(digits) < 4 or digits.strip("0123456789abcdefABCDEF"):
        raise JSONDecodeError("Invalid \\uXXXX escape", text, at + 1)
    code = int(digits, 16)
    if 0xD800 <= code < 0xDC00 and text[at + 6 : at + 8] == "\\u":
        low = int(text[at + 8 : at + 12], 16)
        return 65536 + (code - 0xD800) * 1024 + low - 0xDC00, at + 12
    return code, at + 6


def _array(text, at, hooks):
    items = []
    if text[at : at + 1] == "]":
        return items, at + 1
    while True:
        item, at = _value(text, at, hooks)
        items.append(item)
        at = _skip(text, at)
        after = text[at : at + 1]
        if after == "]":
            return items, at + 1
        if after != ",":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
        at = _skip(text, at + 1)


def _hooked(items, hooks):
    if hooks[1] is not None:
        return hooks[1](items)
    return items if hooks[0] is None else hooks[0](items)


def _object(text, at, hooks):
    items = {} if hooks[1] is None else []
    if text[at : at + 1] == "}":
        return _hooked(items, hooks), at + 1
    while True:
        if text[at : at + 1] != '"':
            raise JSONDecodeError("Expecting property name enclosed in double quotes", text, at)
        key, at = _string(text, at + 1)
        at = _skip(text, at)
        if text[at : at + 1] != ":":
            raise JSONDecodeError("Expecting ':' delimiter", text, at)
        value, at = _value(text, _skip(text, at + 1), hooks)
        if hooks[1] is None:
            items[key] = value
        else:
            items.append((key, value))
        at = _skip(text, at)
        after = text[at : at + 1]
        if after == "}":
            return _hooked(items, hooks), at + 1
        if after != ",":
            raise JSONDecodeError("Expecting ',' delimiter", text, at)
        at = _skip(text, at + 1)

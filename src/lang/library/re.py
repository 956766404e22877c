# Regular expressions. The machine matches; a pattern is its text and its flags.


class RegexFlag(int):
    def __repr__(self):
        names = [name for name, flag in _NAMES if int(self) & flag]
        rest = int(self) & ~511
        return "|".join(["re." + name for name in names] + ([hex(rest)] if rest else [])) or "re.NOFLAG"

    __str__ = __repr__

    def __or__(self, other):
        return RegexFlag(int(self) | int(other))

    def __ror__(self, other):
        return RegexFlag(int(self) | int(other))

    def __and__(self, other):
        return RegexFlag(int(self) & int(other))

    def __rand__(self, other):
        return RegexFlag(int(self) & int(other))

    def __xor__(self, other):
        return RegexFlag(int(self) ^ int(other))

    def __invert__(self):
        return RegexFlag(383 & ~int(self))

    @property
    def value(self):
        return int(self)

    @property
    def name(self):
        return repr(self).replace("re.", "")


NOFLAG = RegexFlag(0)
IGNORECASE = I = RegexFlag(2)
LOCALE = L = RegexFlag(4)
MULTILINE = M = RegexFlag(8)
DOTALL = S = RegexFlag(16)
UNICODE = U = RegexFlag(32)
VERBOSE = X = RegexFlag(64)
DEBUG = RegexFlag(128)
ASCII = A = RegexFlag(256)

_NAMES = (
    ("ASCII", 256),
    ("IGNORECASE", 2),
    ("LOCALE", 4),
    ("UNICODE", 32),
    ("MULTILINE", 8),
    ("DOTALL", 16),
    ("VERBOSE", 64),
    ("DEBUG", 128),
)


class error(Exception):
    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        self.lineno = None
        self.colno = None
        if pattern is not None and pos is not None:
            msg = f"{msg} at position {pos}"
            newline = "\n" if isinstance(pattern, str) else b"\n"
            before = pattern[:pos]
            self.lineno = before.count(newline) + 1
            self.colno = pos - (before.rfind(newline) if newline in before else -1)
            if newline in pattern:
                msg = f"{msg} (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


_ENDLESS = 9223372036854775807


class Pattern:
    __module__ = "re"

    def __init__(self, pattern, flags):
        found = __re_compile(pattern, int(flags))
        if isinstance(found[0], str):
            if found[0] == "the repetition number is too large":
                raise OverflowError(found[0])
            raise error(found[0], None if found[1] is None else pattern, found[1])
        self.pattern = pattern
        self.flags, self.groups, self._names = found
        self._given = int(flags)

    @property
    def groupindex(self):
        return {name: group for name, group in self._names}

    def _check(self, string):
        if isinstance(string, str):
            if isinstance(self.pattern, str):
                return
            raise TypeError("cannot use a bytes pattern on a string-like object")
        if not isinstance(string, bytes):
            raise TypeError(f"expected string or bytes-like object, got {type(string).__name__!r}")
        if isinstance(self.pattern, str):
            raise TypeError("cannot use a string pattern on a bytes-like object")

    def _first(self, string, pos, endpos, mode):
        self._check(string)
        found = __re_first(self.pattern, self._given, string, pos, endpos, mode)
        return None if found is None else Match(self, string, pos, endpos, found)

    def _all(self, string, pos=0, endpos=_ENDLESS, most=0):
        self._check(string)
        return __re_all(self.pattern, self._given, string, pos, endpos, most)

    def match(self, string, pos=0, endpos=_ENDLESS):
        return self._first(string, pos, endpos, "match")

    def fullmatch(self, string, pos=0, endpos=_ENDLESS):
        return self._first(string, pos, endpos, "fullmatch")

    def search(self, string, pos=0, endpos=_ENDLESS):
        return self._first(string, pos, endpos, "search")

    def findall(self, string, pos=0, endpos=_ENDLESS):
        matches = self._all(string, pos, endpos)
        if self.groups < 2:
            at = 2 * self.groups
            return [string[found[at] : found[at + 1]] if found[at] >= 0 else string[:0] for found in matches]
        groups = range(2, 2 * self.groups + 2, 2)
        return [
            tuple([string[found[at] : found[at + 1]] if found[at] >= 0 else string[:0] for at in groups])
            for found in matches
        ]

    def finditer(self, string, pos=0, endpos=_ENDLESS):
        matches = self._all(string, pos, endpos)
        return _matches(self, string, pos, endpos, matches)

    def split(self, string, maxsplit=0):
        if maxsplit < 0:
            return [string]
        parts = []
        at = 0
        for found in self._all(string, most=maxsplit):
            parts.append(string[at : found[0]])
            for group in range(2, 2 * self.groups + 2, 2):
                parts.append(string[found[group] : found[group + 1]] if found[group] >= 0 else None)
            at = found[1]
        parts.append(string[at:])
        return parts

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def subn(self, repl, string, count=0):
        pieces = None
        if not callable(repl):
            pieces = _template(self, repl)
        out = []
        at = 0
        matches = () if count < 0 else self._all(string, most=count)
        for found in matches:
            if found[0] > at:
                out.append(string[at : found[0]])
            if pieces is None:
                new = repl(Match(self, string, 0, _ENDLESS, found))
                if not isinstance(new, type(string)):
                    if new is not None:
                        kind = type(new).__name__
                        wanted = "str instance" if isinstance(string, str) else "a bytes-like object"
                        raise TypeError(f"sequence item {len(out)}: expected {wanted}, {kind} found")
                else:
                    out.append(new)
            else:
                out.append(_filled(pieces, string, found))
            at = found[1]
        out.append(string[at:])
        return string[:0].join(out), len(matches)

    def __repr__(self):
        text = repr(self.pattern)
        flags = self.flags & ~32 if isinstance(self.pattern, str) else self.flags
        return f"re.compile({text[:200]}, {RegexFlag(flags)!r})" if flags else f"re.compile({text[:200]})"

    def __eq__(self, other):
        if not isinstance(other, Pattern):
            return NotImplemented
        return self.pattern == other.pattern and self.flags == other.flags

    def __hash__(self):
        return hash((self.pattern, self.flags))

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _matches(pattern, string, pos, endpos, matches):
    for found in matches:
        yield Match(pattern, string, pos, endpos, found)


class Match:
    __module__ = "re"

    def __init__(self, pattern, string, pos, endpos, found):
        self.re = pattern
        self.string = string
        self.pos = max(0, min(pos, len(string)))
        self.endpos = max(0, min(endpos, len(string)))
        self._found = found

    def _index(self, group):
        if isinstance(group, int):
            if 0 <= group <= self.re.groups:
                return group
        else:
            for name, index in self.re._names:
                if name == group:
                    return index
        raise IndexError("no such group")

    def _group(self, index, default=None):
        start = self._found[2 * index]
        return default if start < 0 else self.string[start : self._found[2 * index + 1]]

    def group(self, *groups):
        if not groups:
            return self._group(0)
        if len(groups) == 1:
            return self._group(self._index(groups[0]))
        return tuple([self._group(self._index(group)) for group in groups])

    def __getitem__(self, group):
        return self._group(self._index(group))

    def groups(self, default=None):
        return tuple([self._group(index, default) for index in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._group(index, default) for name, index in self.re._names}

    def start(self, group=0):
        return self._found[2 * self._index(group)]

    def end(self, group=0):
        return self._found[2 * self._index(group) + 1]

    def span(self, group=0):
        index = 2 * self._index(group)
        return self._found[index], self._found[index + 1]

    def expand(self, template):
        return _filled(_template(self.re, template), self.string, self._found)

    @property
    def lastindex(self):
        return self._found[-1]

    @property
    def lastgroup(self):
        for name, index in self.re._names:
            if index == self._found[-1]:
                return name
        return None

    @property
    def regs(self):
        return tuple([self.span(group) for group in range(self.re.groups + 1)])

    def __repr__(self):
        return f"<re.Match object; span={self.span()}, match={self._group(0)!r}>"

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}


# A replacement as a list of texts and of numbers of groups.
def _template(pattern, template):
    as_bytes = isinstance(template, bytes)
    text = template.decode("latin-1") if as_bytes else template
    if not isinstance(text, str):
        raise TypeError(f"decoding to str: need a bytes-like object, {type(template).__name__} found")
    if "\\" not in text:
        return [template]
    pieces = []
    at = 0
    while True:
        slash = text.find("\\", at)
        if slash < 0:
            pieces.append(text[at:])
            break
        pieces.append(text[at:slash])
        piece, at = _escape(pattern, template, text, slash)
        pieces.append(piece)
    return [piece.encode("latin-1") if as_bytes and isinstance(piece, str) else piece for piece in pieces if piece != ""]


def _escape(pattern, template, text, slash):
    letter = text[slash + 1 : slash + 2]
    if letter == "":
        raise error("bad escape (end of pattern)", template, slash)
    if letter == "g":
        return _named(pattern, template, text, slash + 2)
    if letter == "0":
        end = slash + 2
        while end < slash + 4 and text[end : end + 1] in tuple("01234567"):
            end += 1
        return chr(int(text[slash + 1 : end], 8) & 255), end
    if letter.isdigit() and letter.isascii():
        end = slash + 2
        if text[end : end + 1].isdigit() and text[end : end + 1].isascii():
            end += 1
            digits = text[slash + 1 : end + 1]
            if len(digits) == 3 and all([digit in "01234567" for digit in digits]):
                code = int(digits, 8)
                if code > 255:
                    message = f"octal escape value \\{digits} outside of range 0-0o377"
                    raise error(message, template, slash)
                return chr(code), end + 1
        index = int(text[slash + 1 : end])
        if index > pattern.groups:
            raise error(f"invalid group reference {index}", template, slash + 1)
        return index, end
    if letter in _ESCAPES:
        return _ESCAPES[letter], slash + 2
    if letter.isascii() and letter.isalpha():
        raise error(f"bad escape \\{letter}", template, slash)
    return "\\" + letter, slash + 2


# `\g<name>`, from behind the `g`.
def _named(pattern, template, text, at):
    if text[at : at + 1] != "<":
        raise error("missing <", template, at)
    end = text.find(">", at)
    name = text[at + 1 : end] if end >= 0 else text[at + 1 :]
    if name == "":
        raise error("missing group name", template, at + 1)
    if end < 0:
        raise error("missing >, unterminated name", template, at + 1)
    if name.isidentifier():
        for known, index in pattern._names:
            if known == name:
                return index, end + 1
        raise IndexError(f"unknown group name {name!r}")
    if not (name.isdigit() and name.isascii()):
        raise error(f"bad character in group name {name!r}", template, at + 1)
    if int(name) > pattern.groups:
        raise error(f"invalid group reference {int(name)}", template, at + 1)
    return int(name), end + 1


def _filled(pieces, string, found):
    if len(pieces) == 1 and not isinstance(pieces[0], int):
        return pieces[0]
    out = []
    for piece in pieces:
        if isinstance(piece, int):
            start = found[2 * piece]
            if start >= 0:
                out.append(string[start : found[2 * piece + 1]])
        else:
            out.append(piece)
    return string[:0].join(out)


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    if not isinstance(pattern, (str, bytes)):
        raise TypeError("first argument must be string or compiled pattern")
    return Pattern(pattern, flags)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def purge():
    pass


_SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"


def escape(pattern):
    if isinstance(pattern, str):
        return "".join(["\\" + letter if letter in _SPECIAL else letter for letter in pattern])
    return escape(pattern.decode("latin-1")).encode("latin-1")

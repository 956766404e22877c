# Bytes as letters, and back.

from binascii import Error as _Error
from binascii import a2b_base64 as _decoded
from binascii import _encoded
from string import ascii_lowercase as _lower
from string import ascii_uppercase as _upper

_ALPHABET = _upper + _lower + "0123456789+/"
_ALPHABET32 = _upper + "234567"


def _data(s):
    if isinstance(s, bytes):
        return s
    raise TypeError(f"a bytes-like object is required, not {type(s).__name__!r}")


def _letters(s):
    if isinstance(s, str):
        if not s.isascii():
            raise ValueError("string argument should contain only ASCII characters")
        return s
    if isinstance(s, bytes):
        return s.decode("latin-1")
    raise TypeError(f"argument should be a bytes-like object or ASCII string, not {type(s).__name__!r}")


def b64encode(s, altchars=None):
    text = _encoded(_data(s), 6, 4, _ALPHABET)
    if altchars is not None:
        text = text.replace("+", chr(altchars[0])).replace("/", chr(altchars[1]))
    return text.encode("ascii")


def b64decode(s, altchars=None, validate=False):
    text = _letters(s)
    if altchars is not None:
        first, second = _letters(altchars)
        text = text.replace(first, "+").replace(second, "/")
    if validate and any([letter not in _ALPHABET for letter in text.rstrip("=")]):
        raise _Error("Only base64 data is allowed")
    return _decoded(text.encode("ascii"))


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return b64encode(s, b"-_")


def urlsafe_b64decode(s):
    return b64decode(s, b"-_")


def b16encode(s):
    return _data(s).hex().upper().encode("ascii")


def b16decode(s, casefold=False):
    text = _letters(s)
    if casefold:
        text = text.upper()
    if len(text) % 2 or any([letter not in "0123456789ABCDEF" for letter in text]):
        raise _Error("Non-base16 digit found")
    return bytes.fromhex(text)


def b32encode(s):
    return _encoded(_data(s), 5, 8, _ALPHABET32).encode("ascii")


def b32decode(s, casefold=False, map01=None):
    text = _letters(s)
    if casefold:
        text = text.upper()
    if len(text) % 8:
        raise _Error("Incorrect padding")
    kept = text.rstrip("=")
    number = 0
    for letter in kept:
        value = _ALPHABET32.find(letter)
        if value < 0:
            raise _Error("Non-base32 digit found")
        number = number << 5 | value
    if len(text) - len(kept) not in (0, 1, 3, 4, 6):
        raise _Error("Incorrect padding")
    spare = len(kept) * 5 % 8
    return (number >> spare).to_bytes(len(kept) * 5 // 8, "big")


def encodebytes(s):
    data = _data(s)
    lines = [b64encode(data[begin : begin + 57]) + b"\n" for begin in range(0, len(data), 57)]
    return b"".join(lines)


def decodebytes(s):
    return b64decode(_data(s))

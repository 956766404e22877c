# Values as the bytes of C's types, and back.

from math import copysign as _copysign
from math import frexp as _frexp
from math import ldexp as _ldexp


class error(Exception):
    __module__ = "struct"


# Letter: size, and the least and most that an integer may be.
_SIGNED = {"b": 1, "h": 2, "i": 4, "l": 8, "q": 8, "n": 8}
_STANDARD = {"b": 1, "h": 2, "i": 4, "l": 4, "q": 8}
_FLOATS = {"e": (2, 5, 10), "f": (4, 8, 23), "d": (8, 11, 52)}


# The letters of a format with their sizes and alignments: (letter, count, size) each, and the byte order.
def _read(format):
    if isinstance(format, bytes):
        format = format.decode("ascii")
    if not isinstance(format, str):
        raise TypeError(f"Struct() argument 1 must be a str or bytes object, not {type(format).__name__}")
    native = True
    order = "little"
    if format[:1] in tuple("@=<>!"):
        native = format[0] == "@"
        order = "big" if format[0] in ">!" else "little"
        format = format[1:]
    sizes = _SIGNED if native else _STANDARD
    parts = []
    at = 0
    while at < len(format):
        letter = format[at]
        if letter.isspace():
            at += 1
            continue
        count = 1
        if letter.isdigit():
            end = at
            while end < len(format) and format[end].isdigit():
                end += 1
            count = int(format[at:end])
            at = end
            if at == len(format):
                raise error("repeat count given without format specifier")
            letter = format[at]
        at += 1
        if letter in "xcsp?":
            size = 1
        elif letter in _FLOATS:
            size = _FLOATS[letter][0]
        elif letter.lower() in sizes:
            size = sizes[letter.lower()]
        elif letter == "P" and native:
            size = 8
        else:
            raise error("bad char in struct format")
        parts.append((letter, count, size))
    return order, native, parts


def _padding(native, at, size):
    return -at % size if native else 0


def calcsize(format, /):
    order, native, parts = _read(format)
    at = 0
    for letter, count, size in parts:
        at += _padding(native, at, size) + count * size
    return at


def _integer(letter, size, value, order, native):
    if not isinstance(value, int):
        if not hasattr(value, "__index__"):
            raise error("required argument is not an integer")
        value = value.__index__()
    signed = letter.islower()
    bits = 8 * size
    least, most = (-1 << bits - 1, (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if not least <= value <= most:
        if size == 8:
            message = "int too large to convert" if signed else "argument out of range"
        elif size == 1:
            message = "byte format requires -128 <= number <= 127" if signed else "ubyte format requires 0 <= number <= 255"
        elif size == 2:
            shown = ("short", -32768, 32767) if signed else ("ushort", 0, 65535)
            message = f"{shown[0]} format requires {shown[1]} <= number <= {shown[2]}"
        elif native and not signed and value < 0:
            message = "argument out of range"
        else:
            message = f"{letter!r} format requires {least} <= number <= {most}"
        raise error(message)
    return value.to_bytes(size, order, signed=signed)


def _float_bits(value, exponent_bits, fraction_bits, letter, native):
    bias = (1 << exponent_bits - 1) - 1
    sign = 1 if _copysign(1.0, value) < 0 else 0
    top = (1 << exponent_bits) - 1
    value = abs(value)
    if value != value:
        number = top << fraction_bits | 1 << fraction_bits - 1
    elif value == float("inf"):
        number = top << fraction_bits
    elif value == 0.0:
        number = 0
    else:
        fraction, exponent = _frexp(value)
        exponent += bias - 1
        if exponent > 0:
            scaled = (fraction * 2 - 1) * (1 << fraction_bits)
            number = (exponent << fraction_bits) + round(scaled)
        else:
            number = round(_ldexp(fraction, exponent + fraction_bits))
        if number >= top << fraction_bits:
            if native and letter == "f":
                return sign << exponent_bits + fraction_bits | top << fraction_bits
            raise OverflowError(f"float too large to pack with {letter} format")
    return sign << exponent_bits + fraction_bits | number


def _float(number, exponent_bits, fraction_bits):
    bias = (1 << exponent_bits - 1) - 1
    top = (1 << exponent_bits) - 1
    sign = -1.0 if number >> exponent_bits + fraction_bits else 1.0
    exponent = number >> fraction_bits & top
    fraction = number & (1 << fraction_bits) - 1
    if exponent == top:
        return float("nan") if fraction else sign * float("inf")
    if exponent == 0:
        return sign * _ldexp(float(fraction), 1 - bias - fraction_bits)
    return sign * _ldexp(float(fraction + (1 << fraction_bits)), exponent - bias - fraction_bits)


def _wanted(parts):
    return sum([1 if letter in "sp" else 0 if letter == "x" else count for letter, count, size in parts])


def pack(format, /, *values):
    order, native, parts = _read(format)
    wanted = _wanted(parts)
    if len(values) != wanted:
        raise error(f"pack expected {wanted} items for packing (got {len(values)})")
    out = []
    length = 0
    given = iter(values)
    for letter, count, size in parts:
        gap = _padding(native, length, size)
        out.append(bytes(gap))
        length += gap + count * size
        if letter == "x":
            out.append(bytes(count))
        elif letter in "sp":
            out.append(_text(letter, count, next(given)))
        else:
            for _ in range(count):
                out.append(_one(letter, size, next(given), order, native))
    return b"".join(out)


def _text(letter, count, value):
    if not isinstance(value, bytes):
        raise error(f"argument for {letter!r} must be a bytes object")
    if letter == "p":
        value = value[: max(count - 1, 0)]
        value = bytes([min(len(value), 255)]) + value
    value = value[:count]
    return value + bytes(count - len(value))


def _one(letter, size, value, order, native):
    if letter == "c":
        if not isinstance(value, bytes) or len(value) != 1:
            raise error("char format requires a bytes object of length 1")
        return value
    if letter == "?":
        return b"\x01" if value else b"\x00"
    if letter in _FLOATS:
        if not isinstance(value, (int, float)):
            raise error("required argument is not a float")
        number = _float_bits(float(value), _FLOATS[letter][1], _FLOATS[letter][2], letter, native)
        return number.to_bytes(size, order)
    return _integer("Q" if letter == "P" else letter, size, value, order, native)


def unpack(format, buffer, /):
    size = calcsize(format)
    if len(buffer) != size:
        raise error(f"unpack requires a buffer of {size} bytes")
    return unpack_from(format, buffer)


def unpack_from(format, /, buffer, offset=0):
    order, native, parts = _read(format)
    size = calcsize(format)
    if offset < 0:
        offset += len(buffer)
    if len(buffer) - offset < size:
        needed = size + offset
        raise error(
            f"unpack_from requires a buffer of at least {needed} bytes for unpacking {size} bytes at offset {offset} "
            f"(actual buffer size is {len(buffer)})"
        )
    values = []
    at = 0
    for letter, count, size in parts:
        at += _padding(native, at, size)
        if letter in "sp":
            data = buffer[offset + at : offset + at + count]
            if letter == "p" and data:
                data = data[1 : 1 + data[0]]
            values.append(data)
        elif letter != "x":
            for place in range(count):
                begin = offset + at + place * size
                values.append(_value(letter, buffer[begin : begin + size], order))
        at += count * size
    return tuple(values)


def _value(letter, data, order):
    if letter == "c":
        return data
    if letter == "?":
        return data != b"\x00"
    if letter in _FLOATS:
        return _float(int.from_bytes(data, order), _FLOATS[letter][1], _FLOATS[letter][2])
    return int.from_bytes(data, order, signed=letter.islower())


def iter_unpack(format, buffer, /):
    size = calcsize(format)
    if size == 0:
        raise error("cannot iteratively unpack with a struct of length 0")
    if len(buffer) % size:
        raise error(f"iterative unpacking requires a buffer of a multiple of {size} bytes")
    return (unpack_from(format, buffer, at) for at in range(0, len(buffer), size))


class Struct:
    def __init__(self, format):
        _read(format)
        self.format = format if isinstance(format, str) else format.decode("ascii")
        self.size = calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def unpack(self, buffer, /):
        return unpack(self.format, buffer)

    def unpack_from(self, buffer, offset=0):
        return unpack_from(self.format, buffer, offset)

    def iter_unpack(self, buffer, /):
        return iter_unpack(self.format, buffer)

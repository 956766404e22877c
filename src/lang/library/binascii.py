# Bytes as hexadecimal digits and as letters, and checksums.

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class Error(ValueError):
    __module__ = "binascii"


def hexlify(data, sep="", bytes_per_sep=1):
    text = data.hex(sep, bytes_per_sep) if sep else data.hex()
    return text.encode("ascii")


def unhexlify(hexstr, /):
    text = hexstr if isinstance(hexstr, str) else hexstr.decode("latin-1")
    if len(text) % 2:
        raise Error("Odd-length string")
    if any([letter not in "0123456789abcdefABCDEF" for letter in text]):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(text)


b2a_hex = hexlify
a2b_hex = unhexlify


# The number that the bytes are, as digits of so many bits.
def _digits(data, bits):
    spare = -len(data) * 8 % bits
    number = int.from_bytes(data, "big") << spare
    count = (len(data) * 8 + spare) // bits
    mask = (1 << bits) - 1
    return [number >> bits * place & mask for place in range(count - 1, -1, -1)]


def _encoded(data, bits, group, alphabet):
    out = []
    step = bits * 96
    for begin in range(0, len(data), step):
        out.extend([alphabet[digit] for digit in _digits(data[begin : begin + step], bits)])
    out.append("=" * (-len(out) % group))
    return "".join(out)


def b2a_base64(data, /, *, newline=True):
    return (_encoded(data, 6, 4, _ALPHABET) + ("\n" if newline else "")).encode("ascii")


def a2b_base64(data, /):
    text = data if isinstance(data, str) else data.decode("latin-1")
    out = []
    digits = []
    pads = 0
    for letter in text:
        if letter == "=":
            pads += 1
            if len(digits) >= 2 and len(digits) + pads >= 4:
                break
            continue
        value = _ALPHABET.find(letter)
        if value < 0:
            continue
        digits.append(value)
        pads = 0
        if len(digits) == 4:
            number = (digits[0] << 18) | (digits[1] << 12) | (digits[2] << 6) | digits[3]
            out.append(number >> 16)
            out.append(number >> 8 & 255)
            out.append(number & 255)
            digits = []
    if len(digits) == 1:
        count = len(out) // 3 * 4 + 1
        message = f"number of data characters ({count}) cannot be 1 more than a multiple of 4"
        raise Error("Invalid base64-encoded string: " + message)
    if digits and len(digits) + pads < 4:
        raise Error("Incorrect padding")
    if len(digits) >= 2:
        number = (digits[0] << 6) | digits[1]
        out.append(number >> 4)
        if len(digits) == 3:
            number = (number << 6) | digits[2]
            out.append(number >> 2 & 255)
    return bytes(out)


def crc32(data, crc=0, /):
    return __crc32(data, crc & 4294967295)

# The simple types, as `multiprocessing.Value` and `Array` take them.


class _Simple:
    _type_ = "i"
    _bits = 32
    _signed = True

    def __init__(self, value=0):
        self.value = value

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, value):
        self._value = self._fit(value)

    def _fit(self, value):
        if not isinstance(value, int):
            raise TypeError(f"an integer is required (got type {type(value).__name__})")
        value = int(value) & ((1 << self._bits) - 1)
        return value - (1 << self._bits) if self._signed and value >> (self._bits - 1) else value

    def __repr__(self):
        return f"{type(self).__name__}({self._value!r})"


class c_int(_Simple):
    pass


class c_uint(_Simple):
    _type_, _signed = "I", False


class c_byte(_Simple):
    _type_, _bits = "b", 8


class c_ubyte(_Simple):
    _type_, _bits, _signed = "B", 8, False


class c_short(_Simple):
    _type_, _bits = "h", 16


class c_ushort(_Simple):
    _type_, _bits, _signed = "H", 16, False


class c_long(_Simple):
    _type_, _bits = "l", 64


class c_ulong(_Simple):
    _type_, _bits, _signed = "L", 64, False


class c_double(_Simple):
    _type_ = "d"

    def __init__(self, value=0.0):
        super().__init__(value)

    def _fit(self, value):
        if not isinstance(value, (int, float)):
            raise TypeError(f"must be real number, not {type(value).__name__}")
        return float(value)


class c_float(c_double):
    _type_ = "f"


class c_bool(_Simple):
    _type_ = "?"

    def __init__(self, value=False):
        super().__init__(value)

    def _fit(self, value):
        return bool(value)


class c_char(_Simple):
    _type_ = "c"

    def __init__(self, value=b"\x00"):
        super().__init__(value)

    def _fit(self, value):
        if isinstance(value, int) and 0 <= value < 256:
            return bytes([value])
        if not isinstance(value, bytes) or len(value) != 1:
            raise TypeError("one character bytes, bytearray or integer expected")
        return value


class c_wchar(_Simple):
    _type_ = "u"

    def __init__(self, value="\x00"):
        super().__init__(value)

    def _fit(self, value):
        if not isinstance(value, str):
            raise TypeError(f"unicode string expected instead of {type(value).__name__} instance")
        if len(value) != 1:
            raise TypeError("one character unicode string expected")
        return value


c_int8, c_uint8, c_int16, c_uint16 = c_byte, c_ubyte, c_short, c_ushort
c_int32, c_uint32, c_int64, c_uint64 = c_int, c_uint, c_long, c_ulong
c_longlong, c_ulonglong, c_size_t, c_ssize_t = c_long, c_ulong, c_ulong, c_long

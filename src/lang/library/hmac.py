# Digests with a key.

import hashlib


class HMAC:
    def __init__(self, key, msg=None, digestmod=""):
        if not isinstance(key, bytes):
            raise TypeError(f"key: expected bytes or bytearray, but got {type(key).__name__!r}")
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._name = digestmod if isinstance(digestmod, str) else digestmod().name
        inner = hashlib.new(self._name)
        self.digest_size = inner.digest_size
        self.block_size = inner.block_size
        if len(key) > self.block_size:
            key = hashlib.new(self._name, key).digest()
        self._key = key + bytes(self.block_size - len(key))
        self._data = b""
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return "hmac-" + self._name

    def update(self, msg):
        if not isinstance(msg, bytes):
            raise TypeError("Strings must be encoded before hashing")
        self._data += msg

    def digest(self):
        inner = hashlib.new(self._name, bytes([byte ^ 54 for byte in self._key]) + self._data).digest()
        return hashlib.new(self._name, bytes([byte ^ 92 for byte in self._key]) + inner).digest()

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        other = HMAC(b"", None, self._name)
        other._key = self._key
        other._data = self._data
        return other


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b, /):
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError("comparing strings with non-ASCII characters is not supported")
    elif not (isinstance(a, bytes) and isinstance(b, bytes)):
        kinds = f"{type(a).__name__!r} and {type(b).__name__!r}"
        raise TypeError(f"unsupported operand types(s) or combination of types: {kinds}")
    return a == b

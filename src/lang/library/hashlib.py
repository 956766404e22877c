# Digests.

algorithms_guaranteed = {
    "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512",
    "shake_128", "shake_256", "blake2b", "blake2s",
}
algorithms_available = set(algorithms_guaranteed)

# Name: how long the digest is, and the block.
_SIZES = {
    "md5": (16, 64),
    "sha1": (20, 64),
    "sha224": (28, 64),
    "sha256": (32, 64),
    "sha384": (48, 128),
    "sha512": (64, 128),
    "sha3_224": (28, 144),
    "sha3_256": (32, 136),
    "sha3_384": (48, 104),
    "sha3_512": (64, 72),
    "shake_128": (0, 168),
    "shake_256": (0, 136),
    "blake2b": (64, 128),
    "blake2s": (32, 64),
}


class _Hash:
    def __init__(self, name, data):
        self.name = name
        self._data = b""
        if data:
            self.update(data)
        elif isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")

    def update(self, data, /):
        if isinstance(data, str):
            raise TypeError("Strings must be encoded before hashing")
        if not isinstance(data, bytes):
            raise TypeError("object supporting the buffer API required")
        self._data += data

    def digest(self):
        return __digest(self.name, self._data)

    def hexdigest(self):
        return __digest(self.name, self._data).hex()

    def copy(self):
        return type(self)(self.name, self._data)

    @property
    def digest_size(self):
        return _SIZES[self.name][0]

    @property
    def block_size(self):
        return _SIZES[self.name][1]

    def __repr__(self):
        return f"<{self.name} _hashlib.HASH object @ 0x{id(self):x}>"


class _Shake(_Hash):
    def digest(self, length, /):
        return __digest_long(self.name, self._data, length)

    def hexdigest(self, length, /):
        return self.digest(length).hex()


def new(name, data=b"", *, usedforsecurity=True):
    known = name.lower().replace("-", "_") if isinstance(name, str) else name
    if known not in _SIZES:
        raise ValueError(f"unsupported hash type {name}")
    return _Shake(known, data) if known.startswith("shake") else _Hash(known, data)


def md5(string=b"", *, usedforsecurity=True):
    return _Hash("md5", string)


def sha1(string=b"", *, usedforsecurity=True):
    return _Hash("sha1", string)


def sha224(string=b"", *, usedforsecurity=True):
    return _Hash("sha224", string)


def sha256(string=b"", *, usedforsecurity=True):
    return _Hash("sha256", string)


def sha384(string=b"", *, usedforsecurity=True):
    return _Hash("sha384", string)


def sha512(string=b"", *, usedforsecurity=True):
    return _Hash("sha512", string)


def sha3_224(string=b"", *, usedforsecurity=True):
    return _Hash("sha3_224", string)


def sha3_256(string=b"", *, usedforsecurity=True):
    return _Hash("sha3_256", string)


def sha3_384(string=b"", *, usedforsecurity=True):
    return _Hash("sha3_384", string)


def sha3_512(string=b"", *, usedforsecurity=True):
    return _Hash("sha3_512", string)


def shake_128(string=b"", *, usedforsecurity=True):
    return _Shake("shake_128", string)


def shake_256(string=b"", *, usedforsecurity=True):
    return _Shake("shake_256", string)


class _Blake(_Hash):
    def __init__(self, name, data, size):
        most = _SIZES[name][0]
        if not 1 <= size <= most:
            raise ValueError(f"digest_size for {name} must be between 1 and {most} bytes, here it is {size}")
        self._size = size
        super().__init__(name, data)

    def digest(self):
        return __digest_long(self.name, self._data, self._size)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return type(self)(self.name, self._data, self._size)

    @property
    def digest_size(self):
        return self._size


def blake2b(data=b"", /, *, digest_size=64, usedforsecurity=True):
    return _Blake("blake2b", data, digest_size)


def blake2s(data=b"", /, *, digest_size=32, usedforsecurity=True):
    return _Blake("blake2s", data, digest_size)


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    if hash_name not in _SIZES:
        raise ValueError(f"unsupported hash type {hash_name}")
    return __pbkdf2(hash_name, password, salt, iterations, _SIZES[hash_name][0] if dklen is None else dklen)

# Numbers that nobody can guess outside of raddle: here they come from the run's seed.

from base64 import urlsafe_b64encode as _encoded
from hmac import compare_digest
from random import Random as _Random

_source = _Random()


def randbelow(exclusive_upper_bound):
    if exclusive_upper_bound <= 0:
        raise ValueError("Upper bound must be positive.")
    return _source.randrange(exclusive_upper_bound)


def randbits(k):
    return _source.getrandbits(k)


def choice(seq):
    return _source.choice(seq)


def token_bytes(nbytes=None):
    nbytes = 32 if nbytes is None else nbytes
    return bytes([_source.getrandbits(8) for _ in range(nbytes)])


def token_hex(nbytes=None):
    return token_bytes(nbytes).hex()


def token_urlsafe(nbytes=None):
    return _encoded(token_bytes(nbytes)).rstrip(b"=").decode("ascii")


class SystemRandom(_Random):
    pass

# Distributions that are made of the generator's numbers, with CPython's algorithms (a seed gives the same numbers), and
# generators beside the module's own.

from math import acos as _acos
from math import cos as _cos
from math import exp as _exp
from math import log as _log
from math import pi as _pi
from math import sqrt as _sqrt
from random import choice as _choice
from random import choices as _choices
from random import expovariate as _expovariate
from random import gauss as _gauss
from random import getrandbits as _getrandbits
from random import randint as _randint
from random import random as _random
from random import randrange as _randrange
from random import sample as _sample
from random import seed as _seed
from random import shuffle as _shuffle
from random import uniform as _uniform

_E, _PI, _TWOPI = _exp(1), _pi, 2.0 * _pi
_LOG4 = _log(4.0)
_MAGIC = 1.0 + _log(4.5)
_NORMAL = 4 * _exp(-0.5) / _sqrt(2.0)


class _Distributions:
    def triangular(self, low=0.0, high=1.0, mode=None):
        drawn = self.random()
        if high == low:
            return low
        turn = 0.5 if mode is None else (mode - low) / (high - low)
        if drawn > turn:
            drawn = 1.0 - drawn
            turn = 1.0 - turn
            low, high = high, low
        return low + (high - low) * _sqrt(drawn * turn)

    def normalvariate(self, mu=0.0, sigma=1.0):
        while True:
            first = self.random()
            second = 1.0 - self.random()
            ratio = _NORMAL * (first - 0.5) / second
            if ratio * ratio / 4.0 <= -_log(second):
                return mu + ratio * sigma

    def lognormvariate(self, mu, sigma):
        return _exp(self.normalvariate(mu, sigma))

    def paretovariate(self, alpha):
        return (1.0 - self.random()) ** (-1.0 / alpha)

    def weibullvariate(self, alpha, beta):
        return alpha * (-_log(1.0 - self.random())) ** (1.0 / beta)


    def gammavariate(self, alpha, beta):
        if alpha <= 0.0 or beta <= 0.0:
            raise ValueError("gammavariate: alpha and beta must be > 0.0")
        if alpha > 1.0:
            ainv = _sqrt(2.0 * alpha - 1.0)
            bbb = alpha - _LOG4
            ccc = alpha + ainv
            while True:
                u1 = self.random()
                if not 1e-7 < u1 < 0.9999999:
                    continue
                u2 = 1.0 - self.random()
                v = _log(u1 / (1.0 - u1)) / ainv
                x = alpha * _exp(v)
                z = u1 * u1 * u2
                r = bbb + ccc * v - x
                if r + _MAGIC - 4.5 * z >= 0.0 or r >= _log(z):
                    return x * beta
        if alpha == 1.0:
            return -_log(1.0 - self.random()) * beta
        while True:
            b = (_E + alpha) / _E
            p = b * self.random()
            x = p ** (1.0 / alpha) if p <= 1.0 else -_log((b - p) / alpha)
            u1 = self.random()
            if p > 1.0:
                if u1 <= x ** (alpha - 1.0):
                    return x * beta
            elif u1 <= _exp(-x):
                return x * beta

    def betavariate(self, alpha, beta):
        y = self.gammavariate(alpha, 1.0)
        return y / (y + self.gammavariate(beta, 1.0)) if y else 0.0

    def vonmisesvariate(self, mu, kappa):
        if kappa <= 1e-6:
            return _TWOPI * self.random()
        s = 0.5 / kappa
        r = s + _sqrt(1.0 + s * s)
        while True:
            u1 = self.random()
            z = _cos(_PI * u1)
            d = z / (r + z)
            u2 = self.random()
            if u2 < 1.0 - d * d or u2 <= (1.0 - d) * _exp(d):
                break
        q = 1.0 / r
        f = (q + z) / (1.0 + q * z)
        if self.random() > 0.5:
            return (mu + _acos(f)) % _TWOPI
        return (mu - _acos(f)) % _TWOPI

    def randbytes(self, n):
        return self.getrandbits(n * 8).to_bytes(n, "little")


class _Module(_Distributions):
    random = staticmethod(_random)
    getrandbits = staticmethod(_getrandbits)


_module = _Module()
triangular = _module.triangular
normalvariate = _module.normalvariate
lognormvariate = _module.lognormvariate
paretovariate = _module.paretovariate
weibullvariate = _module.weibullvariate


betavariate = _module.betavariate
gammavariate = _module.gammavariate
vonmisesvariate = _module.vonmisesvariate
randbytes = _module.randbytes


class Random(_Distributions):
    def __init__(self, x=None):
        self._generator = __new_generator()
        self.seed(x)

    def seed(self, a=None, version=2):
        __drawn_by(self._generator, _seed, a, version)

    def random(self):
        return __drawn_by(self._generator, _random)

    def getrandbits(self, k, /):
        return __drawn_by(self._generator, _getrandbits, k)

    def randint(self, a, b):
        return __drawn_by(self._generator, _randint, a, b)

    def randrange(self, start, stop=None, step=1):
        if stop is None and step == 1:
            return __drawn_by(self._generator, _randrange, start)
        return __drawn_by(self._generator, _randrange, start, stop, step)

    def uniform(self, a, b):
        return __drawn_by(self._generator, _uniform, a, b)

    def choice(self, seq):
        return __drawn_by(self._generator, _choice, seq)

    def choices(self, population, weights=None, *, cum_weights=None, k=1):
        return __drawn_by(self._generator, _choices, population, weights, cum_weights=cum_weights, k=k)

    def shuffle(self, x):
        __drawn_by(self._generator, _shuffle, x)

    def sample(self, population, k):
        return __drawn_by(self._generator, _sample, population, k)

    def gauss(self, mu=0.0, sigma=1.0):
        return __drawn_by(self._generator, _gauss, mu, sigma)

    def expovariate(self, lambd=1.0):
        return __drawn_by(self._generator, _expovariate, lambd)


class SystemRandom(Random):
    def seed(self, a=None, version=2):
        __drawn_by(self._generator, _seed, None)

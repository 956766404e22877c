# Distributions that are made of the generator's numbers, with CPython's algorithms (a seed gives the same numbers), and
# generators beside the module's own.

from math import exp as _exp
from math import log as _log
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


class _Module(_Distributions):
    random = staticmethod(_random)


_module = _Module()
triangular = _module.triangular
normalvariate = _module.normalvariate
lognormvariate = _module.lognormvariate
paretovariate = _module.paretovariate
weibullvariate = _module.weibullvariate


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

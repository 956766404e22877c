# Distributions that are made of the generator's numbers, with CPython's algorithms: a seed gives the same numbers.

from math import exp as _exp
from math import log as _log
from math import sqrt as _sqrt
from random import random as _random

_NORMAL = 4 * _exp(-0.5) / _sqrt(2.0)


def triangular(low=0.0, high=1.0, mode=None):
    drawn = _random()
    if high == low:
        return low
    turn = 0.5 if mode is None else (mode - low) / (high - low)
    if drawn > turn:
        drawn = 1.0 - drawn
        turn = 1.0 - turn
        low, high = high, low
    return low + (high - low) * _sqrt(drawn * turn)


def normalvariate(mu=0.0, sigma=1.0):
    while True:
        first = _random()
        second = 1.0 - _random()
        ratio = _NORMAL * (first - 0.5) / second
        if ratio * ratio / 4.0 <= -_log(second):
            return mu + ratio * sigma


def lognormvariate(mu, sigma):
    return _exp(normalvariate(mu, sigma))


def paretovariate(alpha):
    return (1.0 - _random()) ** (-1.0 / alpha)


def weibullvariate(alpha, beta):
    return alpha * (-_log(1.0 - _random())) ** (1.0 / beta)

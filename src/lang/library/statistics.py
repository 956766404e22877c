# Averages and spreads.

from math import fsum as _fsum
from math import sqrt as _sqrt


class StatisticsError(ValueError):
    pass


def _numbers(data, least, message):
    values = list(data)
    if len(values) < least:
        raise StatisticsError(message)
    return values


# A sum of integers is exact, one of others is rounded once.
def _total(values):
    for value in values:
        if isinstance(value, float):
            return _fsum(values)
    return sum(values)


# An average of integers that is an integer is given as one.
def _average(total, count):
    if isinstance(total, int) and total % count == 0:
        return total // count
    return total / count


def mean(data):
    values = _numbers(data, 1, "mean requires at least one data point")
    return _average(_total(values), len(values))


def fmean(data, weights=None):
    values = _numbers(data, 1, "fmean requires at least one data point")
    if weights is None:
        return _fsum(values) / len(values)
    shares = list(weights)
    if len(shares) != len(values):
        raise StatisticsError("data and weights must be the same length")
    whole = _fsum(shares)
    if not whole:
        raise StatisticsError("sum of weights must be non-zero")
    return _fsum([value * share for value, share in zip(values, shares)]) / whole


def harmonic_mean(data):
    values = _numbers(data, 1, "harmonic_mean requires at least one data point")
    for value in values:
        if value < 0:
            raise StatisticsError("harmonic mean does not support negative values")
        if value == 0:
            return 0
    for value in values:
        if not isinstance(value, int):
            return len(values) / _fsum([1 / value for value in values])
    # Exactly: the sum of the reciprocals as a fraction.
    above, below = 0, 1
    for value in values:
        above, below = above * value + below, below * value
    return len(values) * below / above


def median(data):
    values = sorted(_numbers(data, 1, "no median for empty data"))
    middle = len(values) // 2
    if len(values) % 2:
        return values[middle]
    return (values[middle - 1] + values[middle]) / 2


def median_low(data):
    values = sorted(_numbers(data, 1, "no median for empty data"))
    return values[(len(values) - 1) // 2]


def median_high(data):
    values = sorted(_numbers(data, 1, "no median for empty data"))
    return values[len(values) // 2]


def _counts(values):
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def mode(data):
    counts = _counts(_numbers(data, 1, "no mode for empty data"))
    most = max(counts.values())
    for value in counts:
        if counts[value] == most:
            return value


def multimode(data):
    counts = _counts(data)
    most = max(counts.values(), default=0)
    return [value for value in counts if counts[value] == most]


# The sum of squared distances from the average, times `n * n` for integers, so that it is exact.
def _spread(values, divisor, center):
    count = len(values)
    if all([isinstance(value, int) for value in values]) and (center is None or isinstance(center, int)):
        if center is None:
            total = sum(values)
            squares = count * sum([value * value for value in values]) - total * total
            return _average(squares, count * divisor)
        return _average(sum([(value - center) ** 2 for value in values]), divisor)
    middle = _fsum(values) / count if center is None else center
    return _fsum([(value - middle) ** 2 for value in values]) / divisor


def variance(data, xbar=None):
    values = _numbers(data, 2, "variance requires at least two data points")
    return _spread(values, len(values) - 1, xbar)


def pvariance(data, mu=None):
    values = _numbers(data, 1, "pvariance requires at least one data point")
    return _spread(values, len(values), mu)


def stdev(data, xbar=None):
    values = _numbers(data, 2, "stdev requires at least two data points")
    return _sqrt(_spread(values, len(values) - 1, xbar))


def pstdev(data, mu=None):
    values = _numbers(data, 1, "pstdev requires at least one data point")
    return _sqrt(_spread(values, len(values), mu))


def quantiles(data, *, n=4, method="exclusive"):
    if n < 1:
        raise StatisticsError("n must be at least 1")
    values = sorted(data)
    count = len(values)
    if count < 2:
        raise StatisticsError("must have at least two data points")
    if method == "inclusive":
        last = count - 1
        cuts = []
        for part in range(1, n):
            place, rest = divmod(part * last, n)
            cuts.append((values[place] * (n - rest) + values[place + 1] * rest) / n)
        return cuts
    if method != "exclusive":
        raise ValueError(f"Unknown method: {method!r}")
    cuts = []
    for part in range(1, n):
        place = min(max(part * (count + 1) // n, 1), count - 1)
        rest = part * (count + 1) - place * n
        cuts.append((values[place - 1] * (n - rest) + values[place] * rest) / n)
    return cuts

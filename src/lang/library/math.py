# The rest of `math`: what calls back into the program, or is easily said with what the machine has.

from math import copysign, factorial, gcd, hypot, isinf, isnan, pi


def prod(iterable, *, start=1):
    total = start
    for value in iterable:
        total = total * value
    return total


# The sum, rounded once: `parts` holds what was summed so far exactly, as floats that do not overlap.
def fsum(seq, /):
    parts = []
    special = 0.0
    for value in seq:
        x = float(value)
        if isinf(x) or isnan(x):
            special += x
            continue
        kept = 0
        for y in parts:
            if abs(x) < abs(y):
                x, y = y, x
            high = x + y
            low = y - (high - x)
            if low:
                parts[kept] = low
                kept += 1
            x = high
        parts[kept:] = [x]
    if special != 0.0:
        return special
    total = 0.0
    while parts:
        x = total
        y = parts.pop()
        total = x + y
        low = y - (total - x)
        if low:
            # Half way between two floats, what lies below decides.
            if parts and (low < 0.0) == (parts[-1] < 0.0):
                twice = low * 2.0
                rounded = total + twice
                if twice == rounded - total:
                    total = rounded
            break
    return total


def comb(n, k, /):
    _natural(n, "n")
    _natural(k, "k")
    if k > n:
        return 0
    result = 1
    for step in range(min(k, n - k)):
        result = result * (n - step) // (step + 1)
    return result


def perm(n, k=None, /):
    _natural(n, "n")
    if k is None:
        return factorial(n)
    _natural(k, "k")
    result = 1
    for step in range(k):
        result *= n - step
    return result


def _natural(value, name):
    if not isinstance(value, int):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if value < 0:
        raise ValueError(f"{name} must be a non-negative integer")


def lcm(*integers):
    result = 1
    for value in integers:
        if value == 0:
            return 0
        result = abs(result * value) // gcd(result, value)
    return result


def dist(p, q, /):
    if len(p) != len(q):
        raise ValueError("both points must have the same number of dimensions")
    return hypot(*[a - b for a, b in zip(p, q)])


def isfinite(x, /):
    return not isinf(x) and not isnan(x)


def degrees(x, /):
    return x * (180.0 / pi)


def radians(x, /):
    return x * (pi / 180.0)


def modf(x, /):
    if isinf(x):
        return copysign(0.0, x), float(x)
    if isnan(x):
        return x, x
    whole = float(int(x))
    return copysign(x - whole, x), copysign(whole, x)

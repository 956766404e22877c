# Ratios of whole numbers.

from math import gcd as _gcd


def _read(text):
    wrong = ValueError(f"Invalid literal for Fraction: {text!r}")
    left, slash, right = text.strip().partition("/")
    if slash:
        if not (left.lstrip("+-").isdigit() and right.isdigit()) or len(left) - len(left.lstrip("+-")) > 1:
            raise wrong
        return int(left), int(right)
    sign = -1 if left.startswith("-") else 1
    digits = left[1:] if left[:1] in ("+", "-") else left
    number, e, exponent = digits.replace("E", "e").partition("e")
    whole, dot, part = number.partition(".")
    if (whole + part) == "" or not (whole + part).isdigit() or (e and not exponent.lstrip("+-").isdigit()):
        raise wrong
    top = int(whole + part) * sign
    power = (int(exponent) if e else 0) - len(part)
    return (top * 10**power, 1) if power >= 0 else (top, 10**-power)


class Fraction:
    def __init__(self, numerator=0, denominator=None, *, _normalize=True):
        if denominator is None:
            if isinstance(numerator, Fraction):
                numerator, denominator = numerator.numerator, numerator.denominator
            elif isinstance(numerator, int):
                numerator, denominator = int(numerator), 1
            elif isinstance(numerator, str):
                numerator, denominator = _read(numerator)
            elif hasattr(numerator, "as_integer_ratio"):
                numerator, denominator = numerator.as_integer_ratio()
            else:
                raise TypeError("argument should be a string or a Rational instance")
        elif isinstance(numerator, (int, Fraction)) and isinstance(denominator, (int, Fraction)):
            first, second = _ratio(numerator), _ratio(denominator)
            numerator, denominator = first[0] * second[1], first[1] * second[0]
        else:
            raise TypeError("both arguments should be Rational instances")
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        shared = _gcd(numerator, denominator)
        if denominator < 0:
            shared = -shared
        self.numerator = numerator // shared
        self.denominator = denominator // shared

    @classmethod
    def from_float(cls, f):
        return cls(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        return cls(*dec.as_integer_ratio())

    def as_integer_ratio(self):
        return self.numerator, self.denominator

    def limit_denominator(self, max_denominator=1000000):
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self.denominator <= max_denominator:
            return Fraction(self)
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self.numerator, self.denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        bound1 = Fraction(p0 + k * p1, q0 + k * q1)
        bound2 = Fraction(p1, q1)
        return bound2 if abs(bound2 - self) <= abs(bound1 - self) else bound1

    def __repr__(self):
        return f"Fraction({self.numerator}, {self.denominator})"

    def __str__(self):
        return str(self.numerator) if self.denominator == 1 else f"{self.numerator}/{self.denominator}"

    def __add__(self, other):
        return _applied(self, other, _added, lambda a, b: a + b)

    def __radd__(self, other):
        return _applied_right(self, other, _added, lambda a, b: a + b)

    def __sub__(self, other):
        return _applied(self, other, _subtracted, lambda a, b: a - b)

    def __rsub__(self, other):
        return _applied_right(self, other, _subtracted, lambda a, b: a - b)

    def __mul__(self, other):
        return _applied(self, other, _multiplied, lambda a, b: a * b)

    def __rmul__(self, other):
        return _applied_right(self, other, _multiplied, lambda a, b: a * b)

    def __truediv__(self, other):
        return _applied(self, other, _divided, lambda a, b: a / b)

    def __rtruediv__(self, other):
        return _applied_right(self, other, _divided, lambda a, b: a / b)

    def __floordiv__(self, other):
        return _applied(self, other, _floored, lambda a, b: a // b)

    def __rfloordiv__(self, other):
        return _applied_right(self, other, _floored, lambda a, b: a // b)

    def __mod__(self, other):
        return _applied(self, other, _remainder, lambda a, b: a % b)

    def __rmod__(self, other):
        return _applied_right(self, other, _remainder, lambda a, b: a % b)

    def __divmod__(self, other):
        return self // other, self % other

    def __pow__(self, other):
        if isinstance(other, Fraction):
            if other.denominator != 1:
                return float(self) ** float(other)
            other = other.numerator
        if isinstance(other, int):
            if other >= 0:
                return Fraction(self.numerator**other, self.denominator**other)
            if self.numerator == 0:
                raise ZeroDivisionError(f"Fraction({self.denominator ** -other}, 0)")
            return Fraction(self.denominator**-other, self.numerator**-other)
        return float(self) ** other

    def __rpow__(self, other):
        if self.denominator == 1 and self.numerator >= 0:
            return other**self.numerator
        return other ** float(self)

    def __pos__(self):
        return Fraction(self)

    def __neg__(self):
        return Fraction(-self.numerator, self.denominator)

    def __abs__(self):
        return Fraction(abs(self.numerator), self.denominator)

    def __trunc__(self):
        return -(-self.numerator // self.denominator) if self.numerator < 0 else self.numerator // self.denominator

    __int__ = __trunc__

    def __floor__(self):
        return self.numerator // self.denominator

    def __ceil__(self):
        return -(-self.numerator // self.denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            floor, rest = divmod(self.numerator, self.denominator)
            if rest * 2 < self.denominator:
                return floor
            if rest * 2 > self.denominator:
                return floor + 1
            return floor if floor % 2 == 0 else floor + 1
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __float__(self):
        return self.numerator / self.denominator

    def __bool__(self):
        return self.numerator != 0

    def __hash__(self):
        if self.denominator == 1:
            return hash(self.numerator)
        value = float(self)
        if Fraction(value) == self:
            return hash(value)
        return hash((self.numerator, self.denominator))

    def __eq__(self, other):
        if isinstance(other, (int, Fraction)):
            return _ratio(self) == _ratio(other)
        if isinstance(other, float):
            if other != other or other in (float("inf"), float("-inf")):
                return False
            return _ratio(self) == other.as_integer_ratio()
        return NotImplemented

    def _less(self, other, test):
        if isinstance(other, (int, Fraction)):
            top, bottom = _ratio(other)
        elif isinstance(other, float):
            if other != other or other in (float("inf"), float("-inf")):
                return test(0.0, other)
            top, bottom = other.as_integer_ratio()
        else:
            return NotImplemented
        return test(self.numerator * bottom, top * self.denominator)

    def __lt__(self, other):
        return self._less(other, lambda a, b: a < b)

    def __gt__(self, other):
        return self._less(other, lambda a, b: a > b)

    def __le__(self, other):
        return self._less(other, lambda a, b: a <= b)

    def __ge__(self, other):
        return self._less(other, lambda a, b: a >= b)

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _ratio(value):
    return (value.numerator, value.denominator) if isinstance(value, Fraction) else (int(value), 1)


def _applied(left, right, exact, rough):
    if isinstance(right, (int, Fraction)):
        return exact(left.numerator, left.denominator, *_ratio(right))
    if isinstance(right, float):
        return rough(float(left), right)
    return NotImplemented


def _applied_right(right, left, exact, rough):
    if isinstance(left, (int, Fraction)):
        return exact(*_ratio(left), right.numerator, right.denominator)
    if isinstance(left, float):
        return rough(left, float(right))
    return NotImplemented


def _added(na, da, nb, db):
    return Fraction(na * db + nb * da, da * db)


def _subtracted(na, da, nb, db):
    return Fraction(na * db - nb * da, da * db)


def _multiplied(na, da, nb, db):
    return Fraction(na * nb, da * db)


def _divided(na, da, nb, db):
    if nb == 0:
        raise ZeroDivisionError(f"Fraction({na * db}, 0)")
    return Fraction(na * db, da * nb)


def _floored(na, da, nb, db):
    return na * db // (da * nb)


def _remainder(na, da, nb, db):
    return Fraction(na * db % (nb * da), da * db)

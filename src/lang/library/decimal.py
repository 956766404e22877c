# Numbers in decimal digits: a sign, a whole number, and a power of ten.

from collections import namedtuple as _namedtuple
from threading import local as _local

ROUND_DOWN = "ROUND_DOWN"
ROUND_HALF_UP = "ROUND_HALF_UP"
ROUND_HALF_EVEN = "ROUND_HALF_EVEN"
ROUND_CEILING = "ROUND_CEILING"
ROUND_FLOOR = "ROUND_FLOOR"
ROUND_UP = "ROUND_UP"
ROUND_HALF_DOWN = "ROUND_HALF_DOWN"
ROUND_05UP = "ROUND_05UP"
MAX_PREC = 999999999999999999
MAX_EMAX = 999999999999999999
MIN_EMIN = -999999999999999999

DecimalTuple = _namedtuple("DecimalTuple", "sign digits exponent")


class DecimalException(ArithmeticError):
    __module__ = "decimal"


class InvalidOperation(DecimalException):
    __module__ = "decimal"


class ConversionSyntax(InvalidOperation):
    __module__ = "decimal"


class DivisionByZero(DecimalException, ZeroDivisionError):
    __module__ = "decimal"


class DivisionImpossible(InvalidOperation):
    __module__ = "decimal"


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    __module__ = "decimal"


class Inexact(DecimalException):
    __module__ = "decimal"


class Rounded(DecimalException):
    __module__ = "decimal"


class Overflow(Inexact, Rounded):
    __module__ = "decimal"


class FloatOperation(DecimalException, TypeError):
    __module__ = "decimal"


class Context:
    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        self._prec = 28 if prec is None else prec
        self._rounding = ROUND_HALF_EVEN if rounding is None else rounding
        self.Emin = -999999 if Emin is None else Emin
        self.Emax = 999999 if Emax is None else Emax
        self.capitals = 1 if capitals is None else capitals
        self.clamp = 0 if clamp is None else clamp
        self._check()

    def _check(self):
        if not isinstance(self._prec, int):
            raise TypeError(f"an integer is required (got type {type(self._prec).__name__})")
        if not 1 <= self._prec <= MAX_PREC:
            raise ValueError(f"valid range for prec is [1, MAX_PREC]")
        if self._rounding not in _ROUNDINGS:
            raise TypeError(
                "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]"
            )

    @property
    def prec(self):
        return self._prec

    @prec.setter
    def prec(self, value):
        self._prec = value
        self._check()

    @property
    def rounding(self):
        return self._rounding

    @rounding.setter
    def rounding(self, value):
        self._rounding = value
        self._check()

    def copy(self):
        return Context(self._prec, self._rounding, self.Emin, self.Emax, self.capitals, self.clamp)

    def create_decimal(self, num="0"):
        return _rounded(Decimal(num), self)

    def __repr__(self):
        return (
            f"Context(prec={self._prec}, rounding={self._rounding}, Emin={self.Emin}, Emax={self.Emax}, "
            f"capitals={self.capitals}, clamp={self.clamp}, flags=[], "
            "traps=[InvalidOperation, DivisionByZero, Overflow])"
        )


_ROUNDINGS = (
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_UP,
    ROUND_DOWN,
    ROUND_HALF_UP,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_05UP,
)

_contexts = _local()


def getcontext():
    try:
        return _contexts.context
    except AttributeError:
        _contexts.context = Context()
        return _contexts.context


def setcontext(context, /):
    _contexts.context = context.copy()


class _Within:
    def __init__(self, context):
        self._context = context
        self._before = None

    def __enter__(self):
        self._before = getcontext()
        setcontext(self._context)
        return getcontext()

    def __exit__(self, kind, exception, traceback):
        setcontext(self._before)


def localcontext(ctx=None, **kwargs):
    made = (getcontext() if ctx is None else ctx).copy()
    for name in kwargs:
        if name == "prec":
            made.prec = kwargs[name]
        elif name == "rounding":
            made.rounding = kwargs[name]
        else:
            raise TypeError(f"{name!r} is an invalid keyword argument for this function")
    return _Within(made)


def _invalid(kind):
    return InvalidOperation([kind])


# Drops the last digits of a number: the number, and whether what was dropped is something.
def _dropped(number, digits, negative, rounding):
    scale = 10**digits
    whole, rest = divmod(number, scale)
    if rest == 0:
        return whole
    twice = 2 * rest
    if rounding == ROUND_HALF_EVEN:
        up = twice > scale or (twice == scale and whole % 2 == 1)
    elif rounding == ROUND_HALF_UP:
        up = twice >= scale
    elif rounding == ROUND_HALF_DOWN:
        up = twice > scale
    elif rounding == ROUND_UP:
        up = True
    elif rounding == ROUND_CEILING:
        up = not negative
    elif rounding == ROUND_FLOOR:
        up = negative
    elif rounding == ROUND_05UP:
        up = whole % 5 == 0
    else:
        up = False
    return whole + 1 if up else whole


def _rounded(value, context=None):
    if value._special:
        return value
    context = getcontext() if context is None else context
    extra = len(str(value._number)) - context._prec
    if extra <= 0:
        return value
    number = _dropped(value._number, extra, value._negative, context._rounding)
    exponent = value._exponent + extra
    if len(str(number)) > context._prec:
        number //= 10
        exponent += 1
    return _made(value._negative, number, exponent)


def _made(negative, number, exponent, special=""):
    return Decimal(_Parts(negative, number, exponent, special))


class _Parts:
    def __init__(self, negative, number, exponent, special):
        self.negative = negative
        self.number = number
        self.exponent = exponent
        self.special = special


def _read(text):
    plain = text.strip().replace("_", "")
    negative = plain.startswith("-")
    body = plain[1:] if plain[:1] in ("+", "-") else plain
    low = body.lower()
    if low in ("inf", "infinity"):
        return negative, 0, 0, "Infinity"
    if low in ("nan", "snan"):
        return negative, 0, 0, "NaN"
    number, e, exponent = low.partition("e")
    whole, dot, part = number.partition(".")
    digits = whole + part
    tail = exponent[1:] if exponent[:1] in ("+", "-") else exponent
    if not digits.isdigit() or (e and not tail.isdigit()):
        raise _invalid(ConversionSyntax)
    return negative, int(digits), (int(exponent) if e else 0) - len(part), ""


class Decimal:
    def __init__(self, value="0", context=None):
        if isinstance(value, _Parts):
            parts = value.negative, value.number, value.exponent, value.special
        elif isinstance(value, Decimal):
            parts = value._negative, value._number, value._exponent, value._special
        elif isinstance(value, int):
            parts = value < 0, abs(int(value)), 0, ""
        elif isinstance(value, str):
            parts = _read(value)
        elif isinstance(value, float):
            parts = _of_float(value)
        elif isinstance(value, (tuple, list)):
            if len(value) != 3:
                raise ValueError("argument must be a sequence of length 3")
            sign, digits, exponent = value
            parts = sign == 1, int("".join(map(str, digits)) or "0"), exponent, ""
        else:
            raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
        self._negative, self._number, self._exponent, self._special = parts

    @classmethod
    def from_float(cls, f):
        return cls(f)

    def as_tuple(self):
        sign = 1 if self._negative else 0
        if self._special == "Infinity":
            return DecimalTuple(sign, (0,), "F")
        if self._special:
            return DecimalTuple(sign, (), "n")
        return DecimalTuple(sign, tuple([int(digit) for digit in str(self._number)]), self._exponent)

    def as_integer_ratio(self):
        if self._special:
            kind = "Infinity" if self._special == "Infinity" else "NaN"
            error = OverflowError if self._special == "Infinity" else ValueError
            raise error(f"cannot convert {kind} to integer ratio")
        from_number = -self._number if self._negative else self._number
        if self._exponent >= 0:
            return from_number * 10**self._exponent, 1
        top, bottom = from_number, 10**-self._exponent
        a, b = abs(top), bottom
        while b:
            a, b = b, a % b
        return top // a, bottom // a

    def __repr__(self):
        return f"Decimal('{self}')"

    def __str__(self):
        sign = "-" if self._negative else ""
        if self._special:
            return sign + self._special
        digits = str(self._number)
        left = self._exponent + len(digits)
        if self._exponent <= 0 and left > -6:
            point = left
        else:
            point = 1
        if point <= 0:
            text = "0." + "0" * -point + digits
        elif point >= len(digits):
            text = digits + "0" * (point - len(digits))
        else:
            text = digits[:point] + "." + digits[point:]
        return sign + text + ("" if left == point else f"E{left - point:+d}")

    def __format__(self, spec):
        return _formatted(self, spec)

    def __hash__(self):
        if self._special:
            return hash(float(self._special.lower().replace("infinity", "inf")))
        top, bottom = self.as_integer_ratio()
        return hash(top) if bottom == 1 else hash(top / bottom) if (top / bottom).as_integer_ratio() == (top, bottom) else hash((top, bottom))

    def __bool__(self):
        return self._special != "" or self._number != 0

    def __int__(self):
        if self._special == "Infinity":
            raise OverflowError("cannot convert Infinity to integer")
        if self._special:
            raise ValueError("cannot convert NaN to integer")
        number = self._number * 10**self._exponent if self._exponent >= 0 else self._number // 10**-self._exponent
        return -number if self._negative else number

    __trunc__ = __int__

    def __float__(self):
        return float(str(self))

    def __floor__(self):
        return int(self.to_integral_value(ROUND_FLOOR))

    def __ceil__(self):
        return int(self.to_integral_value(ROUND_CEILING))

    def __round__(self, n=None):
        if n is None:
            return int(self.to_integral_value(ROUND_HALF_EVEN))
        return self.quantize(_made(False, 1, -n), ROUND_HALF_EVEN)

    def __neg__(self):
        if not self._number and not self._special:
            return _rounded(_made(False, 0, self._exponent))
        return _rounded(_made(not self._negative, self._number, self._exponent, self._special))

    def __pos__(self):
        if not self._number and not self._special:
            return _made(False, 0, self._exponent)
        return _rounded(self)

    def __abs__(self):
        return _rounded(_made(False, self._number, self._exponent, self._special))

    def __add__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _sum(self, other)

    __radd__ = __add__

    def __sub__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _sum(self, _opposite(other))

    def __rsub__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _sum(other, _opposite(self))

    def __mul__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _product(self, other)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _quotient(self, other)

    def __rtruediv__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _quotient(other, self)

    def __floordiv__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _whole_quotient(self, other)[0]

    def __rfloordiv__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _whole_quotient(other, self)[0]

    def __mod__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _whole_quotient(self, other)[1]

    def __rmod__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _whole_quotient(other, self)[1]

    def __divmod__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _whole_quotient(self, other)

    def __pow__(self, other, modulo=None):
        other = _operand(other)
        return NotImplemented if other is None else _power(self, other)

    def __rpow__(self, other):
        other = _operand(other)
        return NotImplemented if other is None else _power(other, self)

    def __eq__(self, other):
        if isinstance(other, float):
            other = Decimal(other)
        other = _operand(other)
        return NotImplemented if other is None else _compared(self, other) == 0

    def _ordered(self, other, test):
        if isinstance(other, float):
            other = Decimal(other)
        other = _operand(other)
        if other is None:
            return NotImplemented
        order = _compared(self, other)
        if order is None:
            raise _invalid(InvalidOperation)
        return test(order)

    def __lt__(self, other):
        return self._ordered(other, lambda order: order < 0)

    def __gt__(self, other):
        return self._ordered(other, lambda order: order > 0)

    def __le__(self, other):
        return self._ordered(other, lambda order: order <= 0)

    def __ge__(self, other):
        return self._ordered(other, lambda order: order >= 0)

    def compare(self, other, context=None):
        order = _compared(self, Decimal(other))
        return Decimal("NaN") if order is None else Decimal(order)

    def max(self, other, context=None):
        other = Decimal(other)
        return _rounded(self if _compared(self, other) >= 0 else other)

    def min(self, other, context=None):
        other = Decimal(other)
        return _rounded(self if _compared(self, other) <= 0 else other)

    def quantize(self, exp, rounding=None, context=None):
        context = getcontext() if context is None else context
        exp = _operand(exp)
        if self._special or exp._special:
            if self._special and self._special == exp._special:
                return self
            raise _invalid(InvalidOperation)
        shift = self._exponent - exp._exponent
        if shift >= 0:
            number = self._number * 10**shift
        else:
            number = _dropped(self._number, -shift, self._negative, context._rounding if rounding is None else rounding)
        if len(str(number)) > context._prec:
            raise _invalid(InvalidOperation)
        return _made(self._negative, number, exp._exponent)

    def to_integral_value(self, rounding=None, context=None):
        if self._special or self._exponent >= 0:
            return self
        rounding = getcontext()._rounding if rounding is None else rounding
        return _made(self._negative, _dropped(self._number, -self._exponent, self._negative, rounding), 0)

    to_integral = to_integral_value
    to_integral_exact = to_integral_value

    def normalize(self, context=None):
        value = _rounded(self, context)
        if value._special:
            return value
        number, exponent = value._number, value._exponent
        if number == 0:
            return _made(value._negative, 0, 0)
        while number % 10 == 0:
            number //= 10
            exponent += 1
        return _made(value._negative, number, exponent)

    def sqrt(self, context=None):
        context = getcontext() if context is None else context
        if self._special == "Infinity" and not self._negative or self._special == "NaN":
            return self
        if self._negative and self._number:
            raise _invalid(InvalidOperation)
        if not self._number:
            return _made(self._negative, 0, self._exponent >> 1)
        number, exponent = self._number, self._exponent
        shift = max(0, 2 * (context._prec + 1) - len(str(number)))
        if (exponent - shift) % 2:
            shift += 1
        number *= 10**shift
        root = _root(number)
        exact = root * root == number
        exponent = (exponent - shift) // 2
        if exact:
            wanted = self._exponent >> 1
            while exponent < wanted and root % 10 == 0:
                root //= 10
                exponent += 1
            return _rounded(_made(False, root, exponent), context)
        half = context.copy()
        half.rounding = ROUND_HALF_EVEN
        return _rounded(_made(False, root * 10 + 1, exponent - 1), half)

    def exp(self, context=None):
        return self._through(_exponential, context, 0, 1)

    def ln(self, context=None):
        return self._through(_logarithm, context, 1, 0)

    def log10(self, context=None):
        plain = self.normalize() if self._number and not self._special else self
        if plain._number == 1 and not plain._negative and not plain._special:
            return Decimal(plain._exponent)
        return self._through(_logarithm_of_ten, context, 1, 0)

    # What goes on without end. `whole`: where it is a whole number, and which.
    def _through(self, function, context, whole, answer):
        context = getcontext() if context is None else context
        if self._special == "NaN":
            return self
        if self._negative and self._number and function is not _exponential:
            raise _invalid(InvalidOperation)
        if self._special:
            return Decimal(0) if self._negative else self
        if self == whole:
            return Decimal(answer)
        if not self._number:
            return Decimal("-Infinity")
        wide = context.copy()
        wide.prec = context._prec + 10 + len(str(abs(self.adjusted())))
        with localcontext(wide):
            found = function(self)
        half = context.copy()
        half.rounding = ROUND_HALF_EVEN
        return _rounded(found, half)

    def adjusted(self):
        return 0 if self._special else self._exponent + len(str(self._number)) - 1

    def copy_abs(self):
        return _made(False, self._number, self._exponent, self._special)

    def copy_negate(self):
        return _opposite(self)

    def copy_sign(self, other):
        return _made(_operand(other)._negative, self._number, self._exponent, self._special)

    def is_nan(self):
        return self._special == "NaN"

    def is_infinite(self):
        return self._special == "Infinity"

    def is_finite(self):
        return self._special == ""

    def is_zero(self):
        return self._special == "" and self._number == 0

    def is_signed(self):
        return self._negative

    def to_eng_string(self, context=None):
        return str(self)

    @property
    def real(self):
        return self

    def conjugate(self):
        return self

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


def _of_float(value):
    if value != value:
        return False, 0, 0, "NaN"
    if value in (float("inf"), float("-inf")):
        return value < 0, 0, 0, "Infinity"
    top, bottom = value.as_integer_ratio()
    negative = str(value).startswith("-")
    places = bottom.bit_length() - 1
    return negative, abs(top) * 5**places, -places, ""


def _operand(value):
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return Decimal(value)
    return None


def _opposite(value):
    return _made(not value._negative, value._number, value._exponent, value._special)


def _nan_of(*values):
    for value in values:
        if value._special == "NaN":
            return value
    return None


def _signed(value, exponent):
    number = value._number * 10 ** (value._exponent - exponent)
    return -number if value._negative else number


def _sum(a, b):
    nan = _nan_of(a, b)
    if nan is not None:
        return nan
    if a._special or b._special:
        if a._special and b._special and a._negative != b._negative:
            raise _invalid(InvalidOperation)
        return a if a._special else b
    exponent = min(a._exponent, b._exponent)
    total = _signed(a, exponent) + _signed(b, exponent)
    context = getcontext()
    negative = total < 0
    if total == 0:
        negative = (a._negative and b._negative) or (a._negative != b._negative and context._rounding == ROUND_FLOOR)
    return _rounded(_made(negative, abs(total), exponent), context)


def _product(a, b):
    nan = _nan_of(a, b)
    if nan is not None:
        return nan
    negative = a._negative != b._negative
    if a._special or b._special:
        if not a or not b:
            raise _invalid(InvalidOperation)
        return _made(negative, 0, 0, "Infinity")
    return _rounded(_made(negative, a._number * b._number, a._exponent + b._exponent))


def _quotient(a, b):
    nan = _nan_of(a, b)
    if nan is not None:
        return nan
    negative = a._negative != b._negative
    context = getcontext()
    if a._special:
        if b._special:
            raise _invalid(InvalidOperation)
        return _made(negative, 0, 0, "Infinity")
    if b._special:
        return _made(negative, 0, context.Emin - context._prec + 1)
    if not b._number:
        if not a._number:
            raise _invalid(DivisionUndefined)
        raise DivisionByZero([DivisionByZero])
    exponent = a._exponent - b._exponent
    if not a._number:
        return _made(negative, 0, exponent)
    shift = len(str(b._number)) - len(str(a._number)) + context._prec + 1
    exponent -= shift
    if shift >= 0:
        number, rest = divmod(a._number * 10**shift, b._number)
    else:
        number, rest = divmod(a._number, b._number * 10**-shift)
    if rest:
        if number % 5 == 0:
            number += 1
    else:
        ideal = a._exponent - b._exponent
        while exponent < ideal and number % 10 == 0:
            number //= 10
            exponent += 1
    return _rounded(_made(negative, number, exponent), context)


def _whole_quotient(a, b):
    nan = _nan_of(a, b)
    if nan is not None:
        return nan, nan
    negative = a._negative != b._negative
    if a._special:
        raise _invalid(InvalidOperation)
    if b._special:
        return _made(negative, 0, 0), a
    if not b._number:
        if not a._number:
            raise _invalid(DivisionUndefined)
        raise DivisionByZero([DivisionByZero])
    exponent = min(a._exponent, b._exponent)
    first, second = abs(_signed(a, exponent)), abs(_signed(b, exponent))
    whole, rest = divmod(first, second)
    context = getcontext()
    if len(str(whole)) > context._prec:
        raise _invalid(DivisionImpossible)
    return _made(negative, whole, 0), _rounded(_made(a._negative, rest, exponent), context)


def _compared(a, b):
    if _nan_of(a, b) is not None:
        return None
    if a._special or b._special:
        first = 0 if not a._special else -1 if a._negative else 1
        second = 0 if not b._special else -1 if b._negative else 1
        return (first > second) - (first < second)
    exponent = min(a._exponent, b._exponent)
    first, second = _signed(a, exponent), _signed(b, exponent)
    return (first > second) - (first < second)


def _power(a, b):
    nan = _nan_of(a, b)
    if nan is not None:
        return nan
    context = getcontext()
    whole = not b._special and b == b.to_integral_value()
    if not whole or a._special:
        if a._negative or a._special or b._special:
            raise _invalid(InvalidOperation)
        if b == Decimal("0.5"):
            root = a.sqrt()
            return root if len(str(root._number)) == context._prec else root * _made(False, 10 ** (context._prec - len(str(root._number))), len(str(root._number)) - context._prec)
        return _rounded(_by_logarithm(a, b, context), context)
    exponent = int(b)
    if not a._number:
        if exponent == 0:
            raise _invalid(InvalidOperation)
        if exponent < 0:
            return _made(a._negative and exponent % 2 == 1, 0, 0, "Infinity")
    negative = a._negative and exponent % 2 == 1
    if exponent >= 0:
        return _rounded(_made(negative, a._number**exponent, a._exponent * exponent), context)
    wide = context.copy()
    wide.prec = context._prec + 4 + len(str(-exponent))
    with localcontext(wide):
        powered = _rounded(_made(negative, a._number**-exponent, a._exponent * -exponent), wide)
        inverse = _quotient(Decimal(1), powered)
    return _rounded(inverse, context)


def _by_logarithm(a, b, context):
    wide = context.copy()
    wide.prec = context._prec + 10
    with localcontext(wide):
        return _exponential(b * _logarithm(a))


def _exponential(value):
    halvings = 0
    while abs(value) > 1:
        value = value / 2
        halvings += 1
    term = total = Decimal(1)
    count = 0
    while True:
        count += 1
        term = term * value / count
        if total + term == total:
            break
        total = total + term
    for _ in range(halvings):
        total = total * total
    return total


def _logarithm_of_ten(value):
    return _logarithm(value) / _logarithm(Decimal(10))


def _logarithm(value):
    shift = 0
    while value > 2:
        value = value / 2
        shift += 1
    while value < Decimal("0.5"):
        value = value * 2
        shift -= 1
    return _small_logarithm(value) + (shift * _small_logarithm(Decimal(2)) if shift else 0)


def _small_logarithm(value):
    ratio = (value - 1) / (value + 1)
    square = ratio * ratio
    power = total = ratio
    count = 1
    while True:
        power = power * square
        count += 2
        more = total + power / count
        if more == total:
            return total * 2
        total = more


# The root of a whole number, rounded down.
def _root(number):
    if number < 2:
        return number
    guess = 1 << (number.bit_length() + 1) // 2
    while True:
        better = (guess + number // guess) // 2
        if better >= guess:
            return guess
        guess = better


def _formatted(value, spec):
    fill, align, sign, width, comma, precision, kind = _spec(spec)
    if value._special:
        body = value._special
    else:
        body = _digits(value, precision, kind, comma)
    mark = "-" if value._negative else "+" if sign == "+" else " " if sign == " " else ""
    text = mark + body
    if len(text) < width:
        gap = width - len(text)
        if align == "=":
            return mark + fill * gap + body
        if align == "<":
            return text + fill * gap
        if align == "^":
            return fill * (gap // 2) + text + fill * (gap - gap // 2)
        return fill * gap + text
    return text


def _spec(spec):
    rest = spec
    fill, align, sign = " ", ">", ""
    if rest[1:2] in ("<", ">", "=", "^"):
        fill, align, rest = rest[0], rest[1], rest[2:]
    elif rest[:1] in ("<", ">", "=", "^"):
        align, rest = rest[0], rest[1:]
    if rest[:1] in ("+", "-", " "):
        sign, rest = rest[0], rest[1:]
    if rest[:1] == "0":
        fill, align, rest = "0", "=", rest[1:]
    end = 0
    while rest[end : end + 1].isdigit():
        end += 1
    width = int(rest[:end] or "0")
    rest = rest[end:]
    comma = rest[:1] == ","
    rest = rest[1:] if comma else rest
    precision = None
    if rest[:1] == ".":
        end = 1
        while rest[end : end + 1].isdigit():
            end += 1
        if end == 1:
            raise ValueError("invalid format string")
        precision = int(rest[1:end])
        rest = rest[end:]
    if rest not in ("", "f", "F", "e", "E", "g", "G", "%", "n"):
        raise ValueError("invalid format string")
    return fill, align, sign, width, comma, precision, rest


def _digits(value, precision, kind, comma):
    value = value.copy_abs()
    rounding = getcontext()._rounding
    if kind == "%":
        value = _made(False, value._number, value._exponent + 2)
    if kind in ("f", "F", "%"):
        if precision is None:
            precision = max(-value._exponent, 0)
        shift = value._exponent + precision
        number = value._number * 10**shift if shift >= 0 else _dropped(value._number, -shift, False, rounding)
        text = str(_plain(number, -precision))
    elif kind in ("e", "E"):
        digits = len(str(value._number))
        if precision is not None:
            extra = digits - precision - 1
            if extra > 0:
                number = _dropped(value._number, extra, False, rounding)
                value = _made(False, number, value._exponent + extra)
            elif value._number:
                value = _made(False, value._number * 10**-extra, value._exponent + extra)
        text = str(value._number)
        power = value._exponent + len(text) - 1
        text = text[0] + ("." + text[1 : None if precision is None else precision + 1] if len(text) > 1 else "") + f"{kind}{power:+d}"
    else:
        if precision is not None:
            extra = len(str(value._number)) - max(precision, 1)
            if extra > 0:
                value = _made(False, _dropped(value._number, extra, False, rounding), value._exponent + extra)
        text = str(value)
    if comma:
        whole, dot, part = text.partition(".")
        text = f"{int(whole):,}" + dot + part
    return text + "%" if kind == "%" else text


def _plain(number, exponent):
    digits = str(number)
    if exponent >= 0:
        return digits
    digits = digits.rjust(1 - exponent, "0")
    return digits[:exponent] + "." + digits[exponent:]


BasicContext = Context(prec=9, rounding=ROUND_HALF_UP)
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN)
DefaultContext = Context()

# fractions: texts, floats, arithmetic with other numbers, limits.
from fractions import Fraction
from decimal import Decimal
import math

print(Fraction(6, -4), Fraction("3/4"), Fraction(" -1.25 "), Fraction("1e-2"), Fraction(0.5), Fraction(Decimal("0.1")), Fraction(), Fraction(Fraction(1, 2), 3), repr(Fraction(1, 3)))
a, b = Fraction(1, 3), Fraction(1, 6)
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** 2, a ** -1, 2 ** Fraction(2), a ** 0.5, -a, abs(-a), divmod(Fraction(7, 2), 1), a + 1, 1 - a, a * 0.5, a == Fraction(2, 6), a < 0.5, a > b)
print(a.numerator, a.denominator, int(Fraction(7, 2)), float(a), round(Fraction(7, 2)), round(Fraction(22, 7), 2), math.floor(Fraction(-7, 2)), math.ceil(Fraction(7, 2)), math.trunc(Fraction(-7, 2)), bool(Fraction(0)))
print(Fraction(math.pi).limit_denominator(100), Fraction(1, 2).limit_denominator(1), hash(Fraction(2)) == hash(2), Fraction(3, 2).as_integer_ratio(), sum([a, b, a]), max(a, b), sorted([a, b]), {Fraction(1, 2): 1}[0.5])
for call in (lambda: Fraction(1, 0), lambda: Fraction("x"), lambda: Fraction(1.5, 2), lambda: Fraction("1/0"), lambda: a / 0, lambda: Fraction(float("nan")), lambda: Fraction(float("inf")), lambda: a < "x", lambda: Fraction("1/2/3"), lambda: a + "1"):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

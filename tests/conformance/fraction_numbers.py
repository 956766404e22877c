from fractions import Fraction as F

print(F(1, 3) + F(1, 6), F(3, 4) * F(2, 3), F(1, 2) - 1, 2 / F(3), F(7, 2) // 1, F(7, 2) % 1, -F(1, 2), abs(F(-1, 2)), F(2, 3) ** 2, F(2, 3) ** -2)
print(repr(F(6, -8)), F("3/4"), F("0.125"), F(0.5), F("-2"), F("1e-2"), F(F(1, 2), F(3, 4)))
print(F(1, 2) < F(2, 3), F(1, 2) == 0.5, F(4, 2) == 2, F(1, 3) > 0.3, sorted([F(1, 2), F(1, 3), 1]), sum([F(1, 10)] * 10))
print(float(F(1, 4)), int(F(7, 2)), int(F(-7, 2)), round(F(5, 2)), round(F(7, 2)), round(F(22, 7), 2), F(22, 7).limit_denominator(3), F(3.141592653589793).limit_denominator(100))
print(F(1, 2) + 0.25, 1 - F(1, 4), F(1, 2).numerator, F(1, 2).denominator, hash(F(1, 2)) == hash(0.5), hash(F(2)) == hash(2), bool(F(0)), divmod(F(7, 2), F(1, 2)))
import math
print(math.floor(F(7, 2)), math.ceil(F(7, 2)), math.trunc(F(-7, 2)))
for call in [lambda: F(1, 0), lambda: F("x"), lambda: F(1, 2) / 0, lambda: F(1.5, 2), lambda: F(1, 2) + "x"]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

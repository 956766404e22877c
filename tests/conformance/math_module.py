# The math module's everyday part.
import math

print(math.pi, math.e, math.inf, -math.inf, math.tau)
print(math.sqrt(2), math.isqrt(99), math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5))
print(math.gcd(12, 18), math.factorial(20), math.fabs(-3), math.hypot(3, 4), math.pow(2, 10))
print(math.log(math.e), math.log10(1000), math.log2(8), math.log(8, 2), math.exp(0))
print(math.isnan(math.nan), math.isinf(math.inf), math.isclose(0.1 + 0.2, 0.3))
print(math.sin(0), math.cos(0))
try:
    math.sqrt(-1)
except ValueError as error:
    print(type(error).__name__)

# decimal: contexts, rounding, signals, formats.
from decimal import *
import decimal

print(Decimal("0.1") + Decimal("0.2"), Decimal(0.1), Decimal(10) / 3, Decimal("1.10") * 2, Decimal("5") // 2, Decimal("-5") % 3, divmod(Decimal(7), 2), -Decimal("0"), +Decimal("1.0"))
print(Decimal("1.25").quantize(Decimal("0.1")), Decimal("1.35").quantize(Decimal(".1"), ROUND_HALF_UP), Decimal("2.5").to_integral_value(), round(Decimal("2.675"), 2), round(Decimal("2.5")), Decimal("123.456").quantize(Decimal("1E1")))
print(Decimal("1E+3"), Decimal("1000").normalize(), Decimal("0.00000001"), Decimal("1E-7"), Decimal("Infinity"), Decimal("NaN"), Decimal("-0.0"), repr(Decimal("3.0")), f"{Decimal('1234.5'):,.2f} {Decimal('0.5'):.0%} {Decimal('1'):>8}|{Decimal('12'):e}")
print(Decimal("1.0") == Decimal("1"), hash(Decimal("1.0")) == hash(1), Decimal("1.5") == 1.5, Decimal("1") < 2, max(Decimal(1), Decimal("1.5")), sorted([Decimal("2"), Decimal("-1")]), sum([Decimal("0.1")] * 3))
print(Decimal("1.23").as_tuple(), Decimal("1.23").as_integer_ratio(), Decimal("2").sqrt(), Decimal("2") ** 10, Decimal(2) ** Decimal("0.5"), Decimal("100").log10(), Decimal(1).exp(), int(Decimal("3.9")), float(Decimal("0.5")), Decimal("3.7").adjusted(), Decimal("-3").copy_abs(), Decimal("1").compare(Decimal("2")))
with localcontext() as ctx:
    ctx.prec = 5
    ctx.rounding = ROUND_DOWN
    print(Decimal(2) / 3, Decimal("1.234567") + 0)
print(Decimal(1) / 7, getcontext().prec)
for call in (lambda: Decimal(1) / 0, lambda: Decimal("abc"), lambda: Decimal(0) / 0, lambda: Decimal("1") + 1.5, lambda: Decimal("NaN") < 1, lambda: int(Decimal("Infinity")), lambda: Decimal(-1).sqrt()):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(Decimal("1").is_nan(), Decimal("Inf").is_infinite())

import threading
from decimal import Decimal, getcontext, localcontext, ROUND_HALF_UP, ROUND_DOWN, ROUND_CEILING, InvalidOperation, DivisionByZero, Context
import decimal

D = Decimal
print(D("0.1") + D("0.2"), D("1.10") * 3, D(7) / 3, D("100") / D("3"), D(1) / D(8), -D("2.50"), abs(D("-3")))
print(repr(D("1E+3")), D("1E+3") + 1, D("123.4500"), D(0.1), D("-0"), D("1e-10"), D("12345678901234567890.123"))
print(D("2.675").quantize(D("0.01")), D("2.675").quantize(D("0.01"), rounding=ROUND_HALF_UP), D("2.679").quantize(D("0.01"), ROUND_DOWN), D("7.1").quantize(D("1"), rounding=ROUND_CEILING))
print(D(10) // 3, D(10) % 3, D(-7) // 2, D(-7) % 2, divmod(D("7.5"), 2), D(2) ** 10, D(2) ** -2, D("1.5") ** 2, D(2) ** D("0.5"))
print(D(1) < 2, D("1.0") == 1, D("0.5") == 0.5, D(3) > D("2.9"), hash(D("1.0")) == hash(1), max(D(1), D(2)), sum([D("0.1")] * 10))
print(int(D("3.9")), float(D("3.5")), round(D("2.5")), round(D("2.345"), 2), D("3.7").to_integral_value(), D("100").normalize(), D("1.200").normalize())
print(D(2).sqrt(), D("16").sqrt(), D("0.25").sqrt(), D("Infinity"), D("NaN"), D("-inf"), D("nan") == D("nan"))
print(f"{D('1234567.891'):,.2f}", f"{D('0.5'):.1%}", f"{D('3'):>8}", f"{D('3.14159'):.3f}", f"{D('-5'):+06.1f}", f"{D('1234.5'):e}", f"{D('2'):f}", "%s" % D("1.50"), f"{D('12'):08.2f}")
print(D("1.23").as_tuple(), D((1, (1, 2, 3), -2)), D("12.50").adjusted(), D("0.75").as_integer_ratio(), D("5").is_zero(), D("1.1").compare(D("1.2")))
getcontext().prec = 6
print(D(1) / 7, D("1234567.8") + 0, +D("3.14159265"))
with localcontext() as ctx:
    ctx.prec = 3
    print(D(2) / 3)
print(D(2) / 3, getcontext().prec)
seen = []
thread = threading.Thread(target=lambda: seen.append((getcontext().prec, D(1) / 3)))
thread.start()
thread.join()
print(seen)
for call in [lambda: D("abc"), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D("-1").sqrt(), lambda: D(None), lambda: D("1e50").quantize(D("0.01"))]:
    try:
        print(call())
    except Exception as error:
        print(type(error), error)
balance = D("100.00")
for rate in ["0.05", "0.0725", "0.031"]:
    balance += (balance * D(rate)).quantize(D("0.01"))
    print(balance)
print(D("1E-7"), D("0.000001"), D("123E2"), D("-1.0E+5"), D(10) ** 20, D("9.99").quantize(D("1e1")))

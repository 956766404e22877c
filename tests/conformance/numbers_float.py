# Floats print as the shortest text that gives them back.
print(0.1 + 0.2, 1 / 3, 2.0, 1e16, 1e15, 123456789012345680.0, 1e-4, 1e-5, -0.0)
print(7 / 2, 7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, 2**-2, 2**0.5, divmod(7.5, 2))
print(float("3.25"), float("inf"), float("-inf"), float("nan"), float("1e3"), float(" 2 "))
print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(1234, -2), round(7.0))
print(1e308 * 10, 5e-324, 1.7976931348623157e308, 0.1 + 0.7)
print(3.0 == 3, 0.1 + 0.2 == 0.3, float("nan") == float("nan"), 1.5.is_integer(), (4.0).is_integer())
print(int(1e20), max(1, 2.5), min(1.0, 1), sum([0.5, 1, 2]), abs(-1.5))

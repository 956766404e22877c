# Integers have no largest value; division and remainder round down.
print(2**100, -(3**50), 10**30 // 7, 10**30 % 7)
print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, divmod(-7, 2))
print(1 << 70, (1 << 70) >> 68, -5 >> 1, 6 & 3, 6 | 3, 6 ^ 3, ~6)
factorial = 1
for n in range(1, 31):
    factorial *= n
print(factorial, len(str(factorial)))
print(int("42"), int("-0x1f", 16), int("101", 2), int(" 7 "), int(3.99), int(-3.99), int("1_000"))
print(pow(3, 200, 13), pow(2, -1), abs(-(2**65)), 0b101, 0o17, 0xFF, 1_000_000)
print(bin(10), hex(255), oct(8), bin(-3), (255).bit_length())
print(True + True, True == 1, isinstance(True, int), sum([True, False, True]))
print(2**64 == 2.0**64, 10**18 + 1 > 1e18, hash(5) == hash(5.0))

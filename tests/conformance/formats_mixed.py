# Formats, number texts and text methods.
print(format(3.14159, ".2f"), format("x", ">3"), format(255, "#x"), f"{1e10:,.2f}", f"{-5:+d}", f"{0.000001}", 1e16, 1e22, 1.0, 123456789012345678, 0.1 + 0.2, float("inf"), -0.0, 1e-5)
print(2 ** 200, -7 // 2, -7 % 3, divmod(-7, 2), 10 ** 30 // 7, int("1" * 30), hex(2**70), (2**70).bit_length(), round(2.5), round(-3.5), round(1234.567, -2))
print("%5.2f|%-5s|%05d|%x|%r|%%|%c|%+d|%e" % (3.14159, "ab", 42, 255, "q", "z", 5, 12345.678))
print("a-b-c".rsplit("-", 1), "abc".partition("b"), " x ".strip(), "Ab".swapcase(), "abc".translate(str.maketrans("a", "z")), "a\tb".expandtabs(4), "x".join("abc"), "abc".find("z"), "ß".upper(), "title case".title(), "a1".isalnum(), "abc".zfill(5), "%s" % (1,), "{:>{w}}".format("x", w=4), "{0[a]}".format({"a": 1}, 3), "{!r:^7}".format("x"))

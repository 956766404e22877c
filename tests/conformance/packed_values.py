import struct

print(struct.pack("<IHb", 1, 2, -3), struct.unpack("<IHb", struct.pack("<IHb", 1, 2, -3)))
print(struct.pack(">i", -2), struct.pack("!Q", 2**63), struct.calcsize("bi"), struct.calcsize("<bi"), struct.calcsize("3s2xh"))
print(struct.pack("fd", 1.5, -0.1), struct.unpack("<f", struct.pack("<f", 0.1)), struct.pack("<e", 1.5))
print(struct.pack("5s?c", b"abc", True, b"z"), struct.unpack("5s?c", b"abc\0\0\x01z"))
print(struct.pack("<3h", 1, 2, 3), list(struct.iter_unpack("<h", struct.pack("<3h", 1, 2, 3))))
print(struct.unpack_from("<h", b"\0\0\x05\0", 2), struct.pack("4p", b"abcdef"))
s = struct.Struct("<if")
print(s.size, s.pack(7, 2.5), s.unpack(s.pack(7, 2.5)), s.format)
print(struct.unpack("<d", struct.pack("<d", float("inf"))), struct.pack("<d", 5e-324), struct.pack(">f", 1e-40))
for call in [lambda: struct.pack("b", 200), lambda: struct.pack("H", -1), lambda: struct.pack("i", 2**31), lambda: struct.pack("i"),
             lambda: struct.unpack("i", b"abc"), lambda: struct.pack("z", 1), lambda: struct.pack("i", "x"), lambda: struct.pack("5"),
             lambda: struct.unpack_from("i", b"abc"), lambda: struct.pack("c", b"ab"), lambda: struct.pack("B", 256), lambda: struct.pack("f", 1e300)]:
    try:
        print(call())
    except Exception as error:
        print(type(error), error)

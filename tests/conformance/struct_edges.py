# struct: orders, sizes, alignment, texts, and what is refused.
import struct

for form in ("<I", ">I", "=h", "!Q", "b", "?", "<d", ">f", "5s", "3p", "<hhl", "c", "x", "<bxh", "@bi", "2h", "<q"):
    print(form, struct.calcsize(form), end=" ")
print()
print(struct.pack("<IhB", 1, -2, 255), struct.pack(">d", 1.5), struct.pack("5s3s", b"abcdefg", b"x"), struct.pack("4p", b"abcdef"), struct.pack("?c", True, b"z"), struct.pack("@bi", 1, 2), struct.pack("<e", 1.5))
print(struct.unpack("<IhB", b"\x01\0\0\0\xfe\xff\xff"), struct.unpack(">2H", b"\0\1\0\2"), struct.unpack("3s", b"ab\0"), struct.unpack_from("<H", b"\0\0\5\0", 2), list(struct.iter_unpack("<H", b"\1\0\2\0")))
s = struct.Struct("<HH")
print(s.size, s.format, s.pack(1, 2), s.unpack(b"\1\0\2\0"), struct.unpack("<f", struct.pack("<f", 0.1)))
for call in (lambda: struct.pack("B", 256), lambda: struct.pack("<h", 40000), lambda: struct.pack("I", -1), lambda: struct.pack("H", "x"), lambda: struct.pack("HH", 1), lambda: struct.unpack("H", b"1"), lambda: struct.pack("z", 1), lambda: struct.pack("s", "x"), lambda: struct.pack("c", b"ab"), lambda: struct.unpack_from("<I", b"12", 0), lambda: struct.pack("d", "x"), lambda: list(struct.iter_unpack("<H", b"123"))):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

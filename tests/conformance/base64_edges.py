# base64 and binascii: alphabets, padding, lines, errors.
import base64
import binascii

for data in (b"", b"a", b"ab", b"abc", bytes(range(250, 256)) + b"?>"):
    print(base64.b64encode(data), base64.urlsafe_b64encode(data), base64.b32encode(data), base64.b16encode(data), base64.b64decode(base64.b64encode(data)) == data, base64.b32decode(base64.b32encode(data)) == data)
print(base64.b64encode(b"\xfb\xff", altchars=b"-_"), base64.b64decode("-_8=", altchars="-_"), base64.b64decode("YW Jj\n"), base64.encodebytes(b"x" * 60), base64.decodebytes(b"YWI=\n"), base64.b16decode("ab", casefold=True), base64.b32decode("mfrgg===", casefold=True))
for call in (lambda: base64.b64decode("abc"), lambda: base64.b64decode("a"), lambda: base64.b64decode("ab$c", validate=True), lambda: base64.b16decode("ab"), lambda: base64.b32decode("A"), lambda: base64.b64encode("text"), lambda: binascii.unhexlify("abc"), lambda: binascii.unhexlify("zz"), lambda: base64.b64decode("\u00e9")):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)
print(binascii.hexlify(b"ab\xff"), binascii.hexlify(b"abcd", "-"), binascii.crc32(b"abc"), b"\x01\x02".hex(":"), issubclass(binascii.Error, ValueError))

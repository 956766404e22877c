import hashlib
import hmac
import base64
import binascii
import zlib

for name in ["md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "blake2b", "blake2s"]:
    h = hashlib.new(name, b"hello")
    print(h.name, h.hexdigest(), h.digest_size, h.block_size)
h = hashlib.sha256()
h.update(b"a")
other = h.copy()
h.update(b"bc")
print(h.hexdigest(), other.hexdigest(), hashlib.sha256("abc".encode()).digest() == h.digest())
print(hashlib.shake_128(b"x").hexdigest(10), hashlib.shake_256(b"x").hexdigest(8))
print(hashlib.pbkdf2_hmac("sha256", b"secret", b"salt", 1000).hex())
print(hmac.new(b"key", b"message", hashlib.sha256).hexdigest(), hmac.new(b"k" * 100, b"m", "md5").hexdigest())
print(hmac.compare_digest("a", "a"), hmac.compare_digest(b"a", b"b"))
print("sha256" in hashlib.algorithms_available)
for call in [lambda: hashlib.sha256("text"), lambda: hashlib.new("nope"), lambda: hashlib.md5().update(5)]:
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
print(base64.b64encode(b"any carnal pleas"), base64.b64decode("YW55IGNhcm5hbCBwbGVhcw=="), base64.urlsafe_b64encode(b"\xfb\xff\xfe"))
print(base64.b32encode(b"hello"), base64.b32decode("NBSWY3DP"), base64.b16encode(b"\x01\xab"), base64.b16decode("01AB"))
print(base64.b64encode(b""), base64.b64decode(b""), base64.b64encode(bytes(range(100))))
for bad in ["YW5", "YW55I", "Y"]:
    try:
        print(base64.b64decode(bad))
    except Exception as error:
        print(type(error), error)
print(binascii.hexlify(b"\x00\xff"), binascii.unhexlify("00ff"), binascii.crc32(b"hello"), zlib.crc32(b"hello", 7), zlib.adler32(b"hello"))

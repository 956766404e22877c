# hashlib: digests bit by bit, copies, names, files, and what is refused.
import hashlib
import hmac
import zlib

for name in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b", "blake2s"):
    made = hashlib.new(name)
    made.update(b"hello ")
    other = made.copy()
    made.update(b"world")
    print(made.name, made.digest_size, made.block_size, made.hexdigest()[:16], other.hexdigest()[:8], made.hexdigest() == getattr(hashlib, name)(b"hello world").hexdigest())
print(hashlib.sha256().hexdigest(), hashlib.md5(b"x").digest())
print(hashlib.shake_128(b"a").hexdigest(5), hashlib.pbkdf2_hmac("sha256", b"pw", b"salt", 10).hex())
for call in (lambda: hashlib.sha256("text"), lambda: hashlib.new("nosuch"), lambda: hashlib.md5(5)):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
print("sha256" in hashlib.algorithms_guaranteed, hmac.new(b"k", b"m", "sha256").hexdigest()[:10], hmac.compare_digest("a", "a"), zlib.crc32(b"hello"), zlib.adler32(b"hello"))
print(int(hashlib.sha1(b"1").hexdigest(), 16) % 1000, hashlib.sha256(b"a" * 1000).hexdigest()[-8:], hashlib.blake2b(b"a", digest_size=8).hexdigest())

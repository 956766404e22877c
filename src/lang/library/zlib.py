# Checksums; raddle compresses nothing.


def crc32(data, value=0, /):
    return __crc32(data, value & 4294967295)


def adler32(data, value=1, /):
    low = value & 65535
    high = value >> 16 & 65535
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low

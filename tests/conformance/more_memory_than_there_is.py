# What can never be there raises an error at once, which can be caught.
def attempts():
    yield lambda: [0] * 10**12
    yield lambda: (0,) * 10**13
    yield lambda: "x" * 10**12
    yield lambda: b"x" * 10**13
    yield lambda: "x" * 10**20
    yield lambda: bytes(10**13)
    yield lambda: bytes(10**20)
    yield lambda: 1 << 10**13
    yield lambda: -1 << 10**15
    yield lambda: 1 << 10**30
    yield lambda: list(range(10**13))
    yield lambda: tuple(range(10**13))
    yield lambda: sorted(range(10**13))
    yield lambda: [].extend(range(10**13))
    yield lambda: [*range(10**13)]
    yield lambda: "x".ljust(10**13)
    yield lambda: "x".center(10**13)
    yield lambda: "-1".zfill(10**13)
    yield lambda: f"{1:{10**13}}"
    yield lambda: "%*d" % (10**12, 1)
    yield lambda: (1).to_bytes(10**13, "big")
    yield lambda: 0 << 10**30
    yield lambda: "" * 10**12
    yield lambda: [] * 10**12


for attempt in attempts():
    try:
        print(attempt())
    except (MemoryError, OverflowError) as error:
        print(type(error).__name__, error)

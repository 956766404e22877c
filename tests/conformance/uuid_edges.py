# uuid: fields, forms, comparisons, names, and what is refused.
import uuid

u = uuid.UUID("{12345678-1234-5678-1234-567812345678}")
print(u, repr(u), u.hex, u.int, u.bytes, u.urn, u.version, u.variant, u.fields, u.time_low, u.node, u.clock_seq)
print(uuid.UUID(int=5), uuid.UUID(bytes=bytes(range(16))), uuid.UUID(hex="0" * 32) == uuid.UUID(int=0), uuid.UUID(int=1) < uuid.UUID(int=2), len({uuid.UUID(int=1), uuid.UUID(int=1)}))
print(uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_URL, "http://x"), uuid.uuid5(uuid.NAMESPACE_DNS, "a").version)
a, b = uuid.uuid4(), uuid.uuid4()
print(a != b, a.version, len(str(a)), str(a)[14], a.variant == uuid.RFC_4122, uuid.UUID(str(a)) == a, int(a) == a.int)
for call in (lambda: uuid.UUID("xyz"), lambda: uuid.UUID(), lambda: uuid.UUID(int=-1), lambda: uuid.UUID(bytes=b"12"), lambda: uuid.UUID("1" * 31), lambda: setattr(u, "int", 3), lambda: uuid.UUID(int=1) < 3):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

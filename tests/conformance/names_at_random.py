import secrets
import shutil
import uuid

token = secrets.token_hex(8)
print(len(token), len(secrets.token_bytes(5)), 0 <= secrets.randbelow(10) < 10, secrets.choice([7]), len(secrets.token_urlsafe(16)) > 10)
one, two = uuid.uuid4(), uuid.uuid4()
print(one != two, one.version, one.variant, len(str(one)), len({uuid.uuid4() for _ in range(50)}))
print(uuid.uuid5(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid3(uuid.NAMESPACE_URL, "x"))
u = uuid.UUID("12345678-1234-5678-1234-567812345678")
print(repr(u), u.hex, u.int, u.bytes, u.fields, u.urn, u == uuid.UUID(int=u.int), uuid.UUID(bytes=u.bytes).bytes_le, hash(u) == hash(u.int), u < uuid.UUID(int=2**128 - 1))
try:
    uuid.UUID("x")
except ValueError as error:
    print(error)
print(uuid.uuid1().version, shutil.get_terminal_size((80, 24)).columns > 0)

data = b"  one,two;three,,four \n"
print(data.strip(), data.lstrip(), data.rstrip(b" \n"), data.split(b","), data.split(), data.split(b",", 1), data.split(None, 1))
print(b",".join([b"a", b"b"]), b"".join([]), data.replace(b",", b"-"), data.replace(b",", b"-", 1), b"abc".replace(b"", b"."))
print(data.find(b"two"), data.find(b"o", 5), data.rfind(b"o"), data.index(b"three"), data.count(b","), data.count(b"o", 4, 10))
print(data.upper(), b"AbC\xc9".lower(), b"12".isdigit(), b"ab1".isalnum(), b"ab".isalpha(), b" \t".isspace(), b"".isdigit(), b"\xff".isascii())
print(b"a\nb\r\nc".splitlines(), b"a\nb\n".splitlines(True), b"k=v=w".partition(b"="), b"kv".partition(b"="))
print(b"abc".startswith((b"x", b"ab")), b"abc".endswith(b"bc"), b"abc".startswith(b"b", 1), b"abc"[1:], b"abc"[0], list(b"ab"), b"a" + b"b", b"ab" * 2)
print(int.from_bytes(b"\x01\x02", "big"), int.from_bytes(b"\xff", "little", signed=True), (258).to_bytes(2, "little"))
for call in [lambda: b"a".join(["x"]), lambda: b"a".index(b"z"), lambda: b"a".split(b""), lambda: b"a".replace("a", b"b"), lambda: b"a".startswith("a"), lambda: b"abc".find("a")]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

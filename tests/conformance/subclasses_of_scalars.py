# Subclasses of str, int, float and bytes, where natives take them.
class S(str):
    def shout(self): return self.upper() + "!"
    def __eq__(self, o): return str.__eq__(self.lower(), o.lower())
    def __hash__(self): return hash(self.lower())
    def __len__(self): return 42
s = S("Hi")
print(s, s.shout(), s == "hI", {s: 1}["hi" if False else S("HI")], len(s), s + "x", "x" + s, s * 2, s[0], "H" in s, s.startswith("H"), "%s" % s, f"{s!r:>8}", [s], ",".join([s, s]), s.join(["a", "b"]), "aHi".replace(s, "b"), "a Hi b".split(s), s.encode(), int(S("12")), float(S("1.5")), sorted([S("b"), S("a")]), "abc".startswith(S("a")), S("a") < S("b"), isinstance(s, str), str(s), type(str(s)), getattr(s, S("shout"))())
print(s.strip(), type(s.strip()), type(s.upper()), "x".center(5, S("*")), 1)
print(sep=S("-"), end=S("\n"))
print("a", "b", sep=S("-"))
class I(int):
    def __new__(cls, v, unit="m"):
        self = super().__new__(cls, v)
        self.unit = unit
        return self
    def __add__(self, o): return I(int(self) + int(o), self.unit)
    def __repr__(self): return f"I({int(self)}{self.unit})"
i = I(5, "km")
print(i, i + 3, 3 + i, i * 2, -i, i == 5, i < 6, [1,2,3,4,5,6][i], range(i), "ab" * i, {i: 1}[5], f"{i:03}", f"{i}", "%d" % i, str(i), int(i), i.unit, sum([i, i]), max(i, 3), divmod(i, 2), 2 ** i, i ** 2, round(i), abs(I(-4)), hash(i), isinstance(i, int), bin(i), hex(i), chr(I(65)), list(range(I(2))), i // 2, i / 2, i.bit_length(), bool(I(0)), round(2.5678, I(2)), [0] * I(2))
import time, json
time.sleep(I(0))
print(json.dumps({"a": I(3)}), json.dumps(S("q")), json.dumps([i]))
class Fl(float):
    pass
f = Fl(2.5)
print(f, f + 1, type(f + 1), f"{f:.3f}", f == 2.5, round(f), int(f), f.is_integer(), "%.1f" % f, max(f, 1), f < 3, json.dumps(f))
class B(bytes): pass
print(B(b"ab"), B(b"ab")[0], B(b"ab").decode())

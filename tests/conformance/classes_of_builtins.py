class Stack(list):
    def push(self, x): self.append(x)
    def peek(self): return self[-1]
s = Stack([1, 2]); s.push(3)
print(s, len(s), s.peek(), s[0], s[1:], isinstance(s, list), type(s).__name__, s == [1, 2, 3], 2 in s, list(s), sum(s), sorted(s, reverse=True), max(s))
for x in s: print(x, end=" ")
print()
s += [4]; print(type(s).__name__, s); s.extend(y for y in (5, 6)); print(s, bool(Stack()), s.pop(), s.index(2), s + [1], [*s], (lambda *a: a)(*s))
a, *b = s; print(a, b); del s[0]; s[0] = 9; print(s, f"{s}", str(s), repr(s))
class Default(dict):
    def __init__(self, factory, *a, **k):
        super().__init__(*a, **k)
        self.factory = factory
    def __missing__(self, key):
        self[key] = v = self.factory()
        return v
d = Default(list, a=[1]); d["b"].append(2); print(d, len(d), "b" in d, d.get("zz"), sorted(d.items()), d.factory.__name__)
class Upper(dict):
    def __setitem__(self, k, v): super().__setitem__(k.upper(), v)
    def __getitem__(self, k): return super().__getitem__(k.upper())
u = Upper(); u["a"] = 1; print(u, u["a"], {**u}, dict(u), u | {"z": 1}, list(u), u.keys(), u == {"A": 1})
try: u["q"]
except KeyError as e: print("KeyError", e)
class Celsius(float):
    def f(self): return self * 9 / 5 + 32
c = Celsius(100); print(c, c.f(), c + 1, type(c + 1).__name__, isinstance(c, float), round(c), f"{c:.1f}", c == 100.0, c > 5)
class Even(int):
    def __new__(cls, v):
        if v % 2: raise ValueError("odd")
        return super().__new__(cls, v)
e = Even(4); print(e, e * 2, e + e, [0, 1, 2, 3, 4, 5][e], {4: "x"}[e], hash(e) == hash(4), range(e), -e, int(e), str(e), repr(e), f"{e:03d}", "%d" % e)
try: Even(3)
except ValueError as x: print(x)
class Name(str):
    def shout(self): return self.upper() + "!"
n = Name("bob"); print(n, n.shout(), len(n), n + "x", n == "bob", {"bob": 1}[n], "o" in n, n[0], [n], f"{n:>5}", n.title(), "-".join([n, n]))
class Pair(tuple):
    def __new__(cls, a, b): return tuple.__new__(cls, (a, b))
    @property
    def first(self): return self[0]
p = Pair(1, 2); print(p, p.first, p == (1, 2), hash(p) == hash((1, 2)), len(p), list(p)); x, y = p; print(x, y)
class Tags(set):
    pass
t = Tags("ab"); t.add("c"); print(sorted(t), len(t), t >= {"a"}, Tags([1]), Tags(), t & {"a", "z"} == {"a"})
class MyErr(KeyError, ValueError): pass
try: raise MyErr("k")
except ValueError as e: print(repr(e), e)
try:
    class Bad(dict, list): pass
except TypeError as e: print(e)
try:
    class Bad2(bool): pass
except TypeError as e: print(e)

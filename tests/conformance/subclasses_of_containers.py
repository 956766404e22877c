# Subclasses of list, set, tuple and frozenset.
class Stack(list):
    def push(self, x):
        self.append(x)
    def peek(self):
        return self[-1]
    def __getitem__(self, i):
        print("get", i)
        return super().__getitem__(i)
s = Stack([3, 1, 2])
s.push(9)
print(s, len(s), s.peek(), sorted(s), sum(s), max(s), s == [3, 1, 2, 9], s + [1], type(s + [1]))
s.sort()
print(s, s[1:3], type(s[1:3]), [*s], 9 in s, s.index(2), s * 2)
s += [4]
print(type(s), s, list(reversed(s)))
s.extend(Stack([7]))
del s[0]
s[0] = 100
print(s, bool(Stack()), repr(s), f"{s}", str(s))
a, *b = s
print(a, b)
for x in s: print(x, end=" ")
print()
class Tags(set):
    def add(self, x):
        super().add(x.lower())
t = Tags(["a"])
t.add("B")
print(sorted(t), type(t | {"c"}), len(t), "b" in t, t == {"a", "b"}, isinstance(t, set), Tags() )
class P(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))
    @property
    def x(self): return self[0]
p = P(1, 2)
print(p, p.x, p == (1, 2), hash(p) == hash((1, 2)), {p: 1}[(1, 2)], p + (3,), *p)
x, y = p
print(x, y, "%s-%s" % p)
class F(frozenset): pass
print(F([1]), F([1]) == {1}, len(F()))

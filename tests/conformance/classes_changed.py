def describe(cls):
    cls.describe = lambda self: f"<{cls.__name__} {self.x}>"
    cls.__repr__ = lambda self: "R" + str(self.x)
    cls.kind = "k"
    return cls
@describe
class T:
    def __init__(self, x): self.x = x
    def __repr__(self): return "old"
    def hello(self): return "hello"
t = T(4)
print(t.describe(), repr(t), t, T.kind, [t])
T.hello = lambda self: "patched"
print(t.hello())
class S(T): pass
print(S(9), S(1).describe())
T.size = property(lambda self: self.x * 2)
print(t.size, S(4).size)
del T.hello
try: t.hello()
except AttributeError as e: print(e)
setattr(T, "__len__", lambda self: 3)
print(len(t))
T.counter = 0
T.counter += 1; S.counter += 5
print(T.counter, S.counter, t.counter, "counter" in T.__dict__, "hello" in vars(T))
class Borg:
    _state = {}
    def __init__(self): self.__dict__ = self._state
a = Borg(); b = Borg(); a.x = 1; print(b.x, Borg._state)
b.y = 2; del a.x; print(vars(a), hasattr(b, "x"))
class Guard:
    def __setattr__(self, name, value):
        print("set", name, value); super().__setattr__(name, value)
    def __delattr__(self, name):
        print("del", name); object.__delattr__(self, name)
    def __getattr__(self, name):
        return f"no {name}"
g = Guard(); g.a = 1; print(g.a, g.zzz); del g.a; print(g.a)
class Sl:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1
s = Sl(); print(s.x)
try: s.z = 1
except AttributeError as e: print(e)
try: print(s.y)
except AttributeError as e: print(e)
print(hasattr(s, "__dict__"), Sl.__slots__)
for name, value in {"p": 1, "q": 2}.items(): setattr(g, name, value)
print(g.p + g.q, [k for k in g.__dict__])
n = "dyn" + str(1)
class E: pass
e = E(); setattr(e, n, 10); print(getattr(e, n), e.__dict__, getattr(e, "dyn" + "2", None))
delattr(e, "dyn1"); print(e.__dict__)

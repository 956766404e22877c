class Plugin:
    registry = {}
    def __init_subclass__(cls, /, name=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry[name or cls.__name__] = cls
        cls.short = cls.__name__.lower()
class A(Plugin): pass
class B(Plugin, name="bee"): pass
class C(B): x = 1
print(sorted(Plugin.registry), A.short, B.short, C().short)
try:
    class D: pass
    class E(D, key=1): pass
except TypeError as e: print(e)
class Field:
    def __set_name__(self, owner, name):
        self.name = name; self.owner = owner.__name__
        print("named", name, owner.__name__)
    def __get__(self, obj, objtype=None):
        if obj is None: return self
        return obj.__dict__.get(self.name, "unset")
    def __set__(self, obj, value):
        if not isinstance(value, int): raise TypeError(f"{self.name} must be int")
        obj.__dict__[self.name] = value
    def __delete__(self, obj):
        del obj.__dict__[self.name]
class Rec:
    a = Field(); b = Field()
    def __init__(self, a): self.a = a
r = Rec(5)
print(r.a, r.b, Rec.a.name, r.__dict__)
try: r.b = "x"
except TypeError as e: print(e)
r.b = 7; print(r.b, vars(r)); del r.a; print(r.a)
class Lazy:
    def __init__(self, fn): self.fn = fn
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner):
        print("compute")
        v = self.fn(obj)
        obj.__dict__[self.name] = v
        return v
class U:
    @Lazy
    def total(self): return 42
u = U(); print(u.total, u.total)
class G:
    def __class_getitem__(cls, item): return f"{cls.__name__}[{item}]"
print(G[3], G["a"])

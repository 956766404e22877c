# Slots, __init_subclass__, __set_name__, __class_getitem__, decorators and nested classes.
class A:
    __slots__ = ("x", "y")
    def __init__(self): self.x = 1
a = A(); 
try: a.z = 1
except AttributeError as e: print(e)
try: a.y
except AttributeError as e: print(e)
class Base:
    subs = []
    def __init_subclass__(cls, /, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.subs.append(cls.__name__)
class C1(Base, tag="one"): pass
class C2(C1): pass
print(Base.subs, C1.tag, C2.tag)
class D:
    def __set_name__(self, owner, name): self.name = "_" + name
    def __get__(self, obj, typ=None): return self if obj is None else getattr(obj, self.name, "unset")
    def __set__(self, obj, v):
        if v < 0: raise ValueError(f"{self.name} negative")
        setattr(obj, self.name, v)
class E:
    price = D(); qty = D()
e = E(); print(e.price); e.price = 3; print(e.price, e.__dict__)
try: e.qty = -1
except ValueError as x: print(x)
class G:
    def __class_getitem__(cls, k): return f"{cls.__name__}[{k}]"
print(G[int], G["x"])
def deco(cls):
    cls.added = lambda self: "added"
    return cls
@deco
class H:
    class Inner:
        v = 1
        def who(self): return type(self).__qualname__
    x: int = 3
    y: str
print(H().added(), H.Inner().who(), H.__annotations__, H.Inner.v, H.__qualname__)

# Properties, static and class methods, diamonds, and what classes know of themselves.
class P:
    _v = 0
    @property
    def v(self): return self._v
    @v.setter
    def v(self, n): self._v = n
    @v.deleter
    def v(self): print("deleted")
    @staticmethod
    def s(x): return x
    @classmethod
    def c(cls): return cls.__name__
p = P(); p.v = 5; print(p.v, P.s(1), p.c()); del p.v
class RO:
    @property
    def v(self): return 1
try: RO().v = 2
except AttributeError as e: print(e)
class X:
    def f(self): return "X"
class Y(X):
    def f(self): return "Y" + super().f()
class Z(X):
    def f(self): return "Z" + super().f()
class W(Y, Z):
    def f(self): return "W" + super().f()
print(W().f(), [c.__name__ for c in W.__mro__], isinstance(W(), (int, X)), W.mro()[1].__name__)
delattr(p, "_v"); print(p.__dict__, vars(p), callable(p), type(p) is P, P.__dict__.get("zz"))
print(P.__module__, X().f.__name__, X.f.__qualname__, X.__bases__, type(X), type(type(X)))
class Sing:
    _i = None
    def __new__(cls, *a):
        if cls._i is None: cls._i = super().__new__(cls)
        return cls._i
print(Sing() is Sing())

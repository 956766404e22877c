def deco(f):
    def wrapper(*a, **k):
        wrapper.calls += 1
        return f(*a, **k)
    wrapper.calls = 0
    wrapper.__name__ = f.__name__
    wrapper.__doc__ = f.__doc__
    wrapper.__wrapped__ = f
    wrapper.__dict__.update(f.__dict__)
    return wrapper
def mark(f):
    f.tag = "marked"
    return f
@deco
@mark
def add(a, b=2, *, c=3):
    "adds"
    return a + b + c
print(add(1), add(1, 2), add.calls, add.__name__, add.__doc__, add.tag, add.__wrapped__.__name__)
print(add.__wrapped__.__defaults__, add.__wrapped__.__kwdefaults__, add.__qualname__, add.__module__)
print(hasattr(add, "nope"), getattr(add, "nope", 5), add.__wrapped__.__dict__)
try: add.nope
except AttributeError as e: print(e)
del add.calls
print(hasattr(add, "calls"))
class K:
    def m(self): pass
try: K().m.x = 1
except AttributeError as e: print(e)
K.m.x = 2
print(K().m.x, K.m.x, K.m.__qualname__, K().m.__self__.__class__, K().m.__func__ is K.m)
def counter():
    counter.n = getattr(counter, "n", 0) + 1
    return counter.n
print(counter(), counter(), vars(counter))
lam = lambda: 0
lam.__name__ = "named"; print(lam.__name__, lam.__qualname__)
setattr(lam, "zz", 3); print(lam.zz)

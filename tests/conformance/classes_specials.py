# Special methods in use.
class M:
    def __getattr__(self, n):
        if n.startswith("_"): raise AttributeError(n)
        return f"dyn {n}"
    def __call__(self, *a, **k): return a, k
    def __contains__(self, x): return x == 1
    def __bool__(self): return False
    def __enter__(self): return self
    def __exit__(self, *a): return True
    def __len__(self): return 3
    def __iter__(self): yield from (1, 2)
    def __reversed__(self): return "rev"
    def __index__(self): return 2
    def __format__(self, s): return f"<{s}>"
    def __hash__(self): return 7
    def __eq__(self, o): return True
    def __neg__(self): return "neg"
    def __round__(self, n=None): return "rnd"
    def __int__(self): return 5
    def __float__(self): return 5.5
m = M()
print(m.foo, m(1, k=2), 1 in m, bool(m), len(m), list(m), reversed(m), f"{m:abc}", hash(m), m == 3, -m, round(m), int(m), float(m))
with m: raise ValueError
print(hasattr(m, "_x"), getattr(m, "_x", "d"))

# functools: caches, total_ordering, singledispatch.
import functools
from functools import lru_cache, cache, cached_property, total_ordering, singledispatch
calls = []
@lru_cache(maxsize=2)
def square(x):
    "Squares."
    calls.append(x)
    return x * x
print(square(2), square(2), square(3), square(4), square(2), calls, square.cache_info(), square.__name__, square.__doc__)
square.cache_clear()
print(square.cache_info(), square.__wrapped__(5))
@cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
print(fib(60), fib.cache_info().currsize)
@lru_cache
def kw(a, b=1): return (a, b)
print(kw(1), kw(1, b=2), kw(a=1), kw.cache_info())
try: kw([1])
except TypeError as e: print(e)
class Circle:
    def __init__(self, r): self.r = r
    @cached_property
    def area(self):
        print("computing")
        return self.r * 3
c = Circle(2); print(c.area, c.area, vars(c))
c.area = 7; print(c.area); del c.area; print(c.area)
@total_ordering
class V:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
    def __repr__(self): return f"V{self.n}"
print(V(1) < V(2), V(1) <= V(1), V(2) > V(1), V(2) >= V(3), sorted([V(3), V(1)]), max(V(1), V(5)))
@total_ordering
class G:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __ge__(self, o): return self.n >= o.n
print(G(1) < G(2), G(1) <= G(1), G(2) > G(1), G(1) > G(1))
@singledispatch
def show(x): return f"obj {x}"
@show.register(int)
def _(x): return f"int {x}"
@show.register(list)
def _(x): return f"list {len(x)}"
print(show(1), show([1]), show("a"), show(True))
class M:
    @lru_cache(maxsize=None)
    def m(self, x): return x + 1
m = M(); print(m.m(1), m.m(1), M.m.cache_info())
@functools.lru_cache(typed=True)
def t(x): return type(x).__name__
print(t(1), t(1.0), t.cache_info().misses)

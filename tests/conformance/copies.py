# copy and deepcopy.
import copy
class Node:
    def __init__(self, v, nxt=None):
        self.v = v; self.nxt = nxt
    def __repr__(self): return f"Node({self.v})"
a = [1, [2, 3], {"k": [4]}, (5, [6]), {7}]
s, d = copy.copy(a), copy.deepcopy(a)
a[1].append(99); a[2]["k"].append(98); a[3][1].append(97)
print(s, d, s is not a, s[1] is a[1], d[1] is a[1])
n = Node([1]); n.nxt = n
m = copy.deepcopy(n); c = copy.copy(n)
print(m.nxt is m, m.v is n.v, c.v is n.v, c.nxt is n, type(m).__name__)
shared = [0]
p = [shared, shared]
q = copy.deepcopy(p)
print(q[0] is q[1], q[0] is shared, copy.copy("x"), copy.deepcopy((1, 2)), copy.copy(Node), copy.deepcopy(None))
class Own:
    def __copy__(self): return "shallow"
    def __deepcopy__(self, memo): return "deep"
print(copy.copy(Own()), copy.deepcopy([Own()]))
from collections import deque, defaultdict, Counter, OrderedDict
dd = defaultdict(list, {"a": [1]}); e = copy.deepcopy(dd); e["a"].append(2); e["b"]
print(dd, e, copy.deepcopy(deque([[1]], 3)), copy.copy(Counter("aab")))
class L(list): pass
l = L([[1]]); l.tag = "t"; l2 = copy.deepcopy(l); l2[0].append(2)
print(l, l2, l2.tag, type(l2).__name__)
import threading
try: copy.deepcopy(threading.Lock())
except TypeError as e: print(e)
from dataclasses import dataclass
@dataclass
class P:
    x: list
p = P([1]); q = copy.deepcopy(p); q.x.append(2); print(p, q, copy.copy(p) == p)
class Sl:
    __slots__ = ("a", "b")
sl = Sl(); sl.a = [1]
print(copy.deepcopy(sl).a)

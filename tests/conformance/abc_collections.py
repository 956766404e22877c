# collections.abc: interfaces by shape, and the methods that come with them.
from collections.abc import Iterable, Iterator, Callable, Mapping, MutableMapping, Sequence, Hashable, Sized, Generator, MutableSequence, Set
import collections.abc
class Range3:
    def __iter__(self): return iter([1, 2, 3])
class Store(MutableMapping):
    def __init__(self): self._d = {}
    def __getitem__(self, k): return self._d[k]
    def __setitem__(self, k, v): self._d[k] = v
    def __delitem__(self, k): del self._d[k]
    def __iter__(self): return iter(self._d)
    def __len__(self): return len(self._d)
class Deck(Sequence):
    def __init__(self, cards): self.cards = cards
    def __getitem__(self, i): return self.cards[i]
    def __len__(self): return len(self.cards)
class Count(Iterator):
    def __init__(self, n): self.n = n
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n
s = Store(); s["a"] = 1; s.update(b=2)
print(sorted(s), s.get("z"), "a" in s, s.pop("a"), s.setdefault("c", 3), dict(s), len(s), isinstance(s, Mapping), list(s.items()), s == {"b": 2, "c": 3})
d = Deck("abc")
print(list(d), "b" in d, d.index("c"), list(reversed(d)), d.count("a"), isinstance(d, Iterable))
print(list(Count(3)), iter(Count(1)) is not None)
def gen(): yield 1
for kind in (Iterable, Iterator, Callable, Mapping, Sequence, Hashable, Sized, Generator, Set, MutableSequence):
    print(kind.__name__, [isinstance(v, kind) for v in ([], (), {}, set(), "s", 1, len, gen(), iter([]), Range3(), lambda: 1, int, range(3), None)])
print(issubclass(list, Iterable), issubclass(dict, collections.abc.Mapping), issubclass(int, Iterable))
try: Store.__base__ and MutableMapping()
except TypeError as e: print(e)
class Partial(Mapping):
    def __len__(self): return 0
try: Partial()
except TypeError as e: print(e)

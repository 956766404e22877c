# Subclasses of dict.
class D(dict):
    def __missing__(self, key):
        return key * 2
    def __init__(self, *a, tag="t", **kw):
        super().__init__(*a, **kw)
        self.tag = tag
    def __setitem__(self, k, v):
        super().__setitem__(k, v + 1)
d = D({1: 2}, tag="x", b=3)
d[5] = 5
print(d, d[7], d.tag, len(d), sorted(d, key=str), d.get(7), 7 in d, isinstance(d, dict), type(d).__name__)
d.update({9: 9})
print(d, d == {1: 2, 'b': 3, 5: 6, 9: 9}, {**d}, dict(d), list(d.items()))
d |= {3: 3}
print(type(d), d | {4: 4}, type(d | {}))
print(type(d.copy()), d.pop(1), d.setdefault(1, 11), d)
import json
print(json.dumps(D(a=1)), json.dumps([D(x=2)]))
print("%(a)s" % D(a=1), "{a}".format(**D(a=4)))

# Stars in every place, kinds of parameters and the complaints about them, defaults.
a, *b, c = 1, 2, 3, 4
(d, e), *f = (1, 2), 3
*g, = "ab"
print(a, b, c, d, e, f, g, [*b, *g], {**{"a": 1}, "b": 2}, (*b,))
def pos(a, /, b, *, c): return a, b, c
for call in (lambda: pos(1, 2), lambda: pos(a=1, b=2, c=3), lambda: pos(1, 2, 3), lambda: pos(1, b=2, c=3, d=4), lambda: pos(), lambda: pos(1, 2, c=3, a=1), lambda: pos(*[1, 2], **{"c": 3}), lambda: pos(1, 2, c=1, **{"c": 2})):
    try: print(call())
    except TypeError as e: print(e)
def defaults(x, acc=[]):
    acc.append(x); return acc
print(defaults(1), defaults(2), defaults.__defaults__)

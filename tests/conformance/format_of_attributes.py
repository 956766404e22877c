# str.format with attributes and items, nested, automatic numbers and their mixes.
class P:
    def __init__(self, x, y):
        self.x, self.y = x, y
        self.inner = {"a": [1, 2, 3], "b c": 4, "0": "zero"}

    def __format__(self, spec):
        return f"P<{spec}>"


p = P(3, 4.5)
print("{0.x} {0.y:.2f} {0.inner[a][1]} {0.inner[b c]} {0.inner[0]}".format(p))
print("{p.x:>5}|{p.y!r:<6}|{p:abc}".format(p=p))
print("{[0]} {[1]}".format([1, 2], "xy"))
print("{.x} {.y}".format(p, p))
print("{0:{1}}|{0:{width}.{prec}f}".format(3.14159, 10, width=8, prec=2))
print("{:{fill}{align}{width}}".format("hi", fill="*", align="^", width=8))
print("{0[k]!s:>4}".format({"k": None}))
print("{a[0].x}".format(a=[p]))
for text, args in (("{0} {}", (1, 2)), ("{} {0}", (1, 2)), ("{2}", (1,)), ("{x}", ()), ("{0.z}", (p,)), ("{0[9]}", ([1],)),
                   ("{0[q]}", ({},)), ("{", ()), ("}", ()), ("{0!z}", (1,)), ("{0[a}", ({},)), ("{0.}", (p,)), ("{0[]}", ({},)),
                   ("{0!r!s}", (1,)), ("{:q}", (1,)), ("{:d}", ("s",))):
    try:
        print(text.format(*args))
    except Exception as error:
        print(text, type(error).__name__, error)
print("{{}} {{{0}}}".format(1), "{0}{0}".format("ab"))
print("{0.__class__.__name__} {0.real} {1.imag}".format(5, 2))
print("{x} {y[0]}".format_map({"x": 1, "y": (2,)}))
import datetime
print("{:%Y-%m-%d} {0.year}".format(datetime.date(2024, 1, 2)) if False else "{0:%Y-%m-%d} {0.year}".format(datetime.date(2024, 1, 2)))

# Fields of templates that lead to attributes and items.
class Point:
    kind = "point"

    def __init__(self, x, y):
        self.x = x
        self.y = [y, {"deep": y * 2}]

    @property
    def total(self):
        return self.x + self.y[0]


point = Point(3, 4)
print("{0.x} {0.y[0]} {0.y[1][deep]} {0.kind} {0.total}".format(point))
print("{p.x:>4}|{p.kind!r:<8}|{other[a]:05.1f}".format(p=point, other={"a": 2.5}))
print("{.x} {.kind}".format(point, point))
print("{0.__class__.__name__} {1.real} {2[0].x}".format(point, 5, [point]))
for template in ("{0.nothing}", "{0.}", "{0[zzz]}"):
    try:
        print(template.format(point if "nothing" in template else {}))
    except (AttributeError, ValueError, KeyError) as error:
        print(type(error).__name__, error)

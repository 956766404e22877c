# Operators as functions, and functions that fetch.
import operator
from operator import attrgetter, itemgetter, methodcaller

print(operator.add(2, 3), operator.sub(2, 3), operator.mul(2, 3), operator.truediv(3, 2), operator.floordiv(7, 2))
print(operator.mod(7, 4), operator.pow(2, 5), operator.neg(3), operator.not_(0), operator.xor(6, 3))
print(operator.lt(1, 2), operator.ge(1, 2), operator.eq("a", "a"), operator.is_(None, None), operator.contains([1], 1))
print(operator.getitem([5, 6], 1), operator.concat("a", "b"), operator.countOf([1, 2, 1], 1), operator.indexOf("abc", "c"))
items = [1, 2]
operator.setitem(items, 0, 9)
print(operator.iadd(items, [3]), items)

people = [("ann", 31), ("bob", 25), ("cy", 40)]
print(sorted(people, key=itemgetter(1)), max(people, key=itemgetter(1))[0])
print(itemgetter(0, 2)("xyz"), itemgetter("k")({"k": 5}))


class Box:
    def __init__(self, size, inner=None):
        self.size = size
        self.inner = inner

    def grown(self, by, times=1):
        return self.size + by * times


nested = Box(1, Box(2))
print(attrgetter("size")(nested), attrgetter("inner.size")(nested), attrgetter("size", "inner.size")(nested))
print(methodcaller("upper")("abc"), methodcaller("grown", 3, times=2)(nested), itemgetter(1), methodcaller("x", 1, a=2))
for wrong in (lambda: itemgetter(5)([1]), lambda: attrgetter("weight")(nested), lambda: operator.add(1, "a")):
    try:
        wrong()
    except (IndexError, AttributeError, TypeError) as error:
        print(type(error).__name__, error)

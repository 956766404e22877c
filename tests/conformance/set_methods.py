# Sets; printed sorted, because their order is nobody's promise.
a, b = {1, 2, 3}, set([3, 4])
print(sorted(a | b), a & b, sorted(a - b), sorted(a ^ b), a >= {1}, {1} < a, a.isdisjoint({9}))
a.add(4)
a.add(4)
a.discard(99)
a.remove(1)
a.update([7, 8], (9,))
print(sorted(a), len(a), 7 in a, 1 not in a)
print(sorted(a.union({0})), a.intersection({7, 70}), sorted(a.difference({7})), a.issuperset({8}), {8}.issubset(a))
print(set(), {5}, {x % 3 for x in range(9)} == {0, 1, 2}, sorted(set("banana")), frozenset([1]) == {1})
a.intersection_update({7, 8})
a -= {8}
print(a, a.copy() == a, a.pop(), len(a))
try:
    a.remove("x")
except KeyError as error:
    print("KeyError", error)
try:
    {[1]}
except TypeError as error:
    print(error)

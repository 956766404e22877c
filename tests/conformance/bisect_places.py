# Places of equal items, bounds, keys, and sequences that are no lists.
import bisect

values = [1, 3, 3, 3, 7]
print(bisect.bisect_left(values, 3), bisect.bisect_right(values, 3), bisect.bisect(values, 8), bisect.bisect(values, 0))
print(bisect.bisect_left(values, 3, 2), bisect.bisect(values, 3, 0, 2), bisect.bisect_left(values, 3, lo=1, hi=3))
print(bisect.bisect((1, 2, 3), 2), bisect.bisect_left("bdf", "c"), bisect.bisect(range(10), 4))
records = [("a", 1), ("b", 5), ("c", 9)]
print(bisect.bisect(records, 5, key=lambda record: record[1]))
bisect.insort(records, ("d", 6), key=lambda record: record[1])
print(records)
bisect.insort_left(values, 3)
bisect.insort(values, 10)
print(values)


class Version:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        return self.number < other.number


versions = [Version(1), Version(4)]
bisect.insort(versions, Version(2))
print([version.number for version in versions], bisect.bisect_left(versions, Version(4)))
for call in (lambda: bisect.bisect([1], 1, -1), lambda: bisect.bisect([1, "a"], 2), lambda: bisect.insort([1], None)):
    try:
        print(call())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)

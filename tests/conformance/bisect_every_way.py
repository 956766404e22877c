# `bisect` with keywords, with other sequences, and with what is none.
import bisect

print(bisect.bisect is bisect.bisect_right, bisect.insort is bisect.insort_right, bisect.bisect.__name__)
print(bisect.bisect_left(a=[1, 2, 2, 3], x=2), bisect.bisect_right(a=[1, 2, 2, 3], x=2, lo=0, hi=2))
print(bisect.bisect((1, 3, 5), 3), bisect.bisect_left("abd", "c"), bisect.bisect(range(0, 20, 2), 7))
items = [1, 5]
bisect.insort(a=items, x=3)
bisect.insort_left(items, 4, lo=1, hi=3)
bisect.insort(items, -6, key=abs)
print(items)


class OnlyItems:
    def __getitem__(self, index):
        return 10


for function in (bisect.bisect_left, bisect.bisect_right, bisect.insort_left, bisect.insort_right):
    for sequence in (10, OnlyItems()):
        try:
            function(sequence, 10)
        except (AttributeError, TypeError) as error:
            print(type(error).__name__, error)
    try:
        function([1, 2, 3], 5, -1, 3)
    except ValueError as error:
        print(error)

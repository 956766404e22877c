# What sorting and reducing say about arguments that are none.
import functools
for case in (lambda: sorted([3, 1], reverse=()), lambda: [2, 1].sort(reverse="x"), lambda: sorted([1, 2], key=abs, reverse=None), lambda: functools.reduce(max, 5), lambda: sorted([1, 3, 2], reverse=2), lambda: sorted([3, -4], key=abs, reverse=True), lambda: functools.reduce(max, [1, 4, 2])):
    try:
        print(case())
    except Exception as e:
        print(type(e).__name__, e, e.__context__)

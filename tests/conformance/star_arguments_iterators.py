"""Star arguments and unpacking of the iterators that builtins make: nothing before them is lost."""


def given(*args, **kwargs):
    return args, kwargs


rows = [[1, 2], [3, 4]]


def inside():
    kept = ["kept"]
    print(given(kept, *zip(*rows)))
    print(given(1, *enumerate("ab"), 2, *reversed([5, 6]), key=3))
    print(["first", *zip(rows, "xy")], {0, *iter([1, 2])}, (9, *reversed("abc")))


inside()
print(rows, *zip(*rows))
first, second = zip(*rows)
print(first, second)
(index, letter), *others = enumerate("pqr")
print(index, letter, others)
left, right = zip("ab", "cd")
print(left, right)
head, *tail = iter([1, 2, 3])
print(head, tail)
try:
    a, b = zip("abc", "def")
except ValueError as error:
    print(error)
it = iter([7, 8, 9])
print(next(it), [*it], [*it])
names = {**dict(zip("ab", rows))}
print(names)

# zip(strict=True)
print(list(zip([1, 2], "ab", strict=True)), list(zip(strict=True)), list(zip([], [], strict=True)))
for args in (([1], []), ([], [1]), ([1, 2], [1, 2], [1]), ([1], [1], [1, 2]), (iter([1]), iter([1, 2]))):
    try:
        print(list(zip(*args, strict=True)))
    except ValueError as error:
        print(error)
def g():
    yield 1
    raise KeyError("in the middle")
try:
    list(zip(g(), [1, 2], strict=True))
except KeyError as error:
    print(error)
print(list(zip([1, 2], [3], strict=False)))

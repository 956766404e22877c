# What goes through an iterable does not add it to anything, and what is not needed is not asked for.
class Odd:
    def __iter__(self):
        print("iter")
        yield from (3, 1)

    def __radd__(self, other):
        return f"radd {other}"

    def __ror__(self, other):
        return f"ror {other}"


odd = Odd()
print(sorted(odd), sorted(odd, key=lambda n: -n), sorted(odd, reverse=True))
print([*odd], {*odd}, (*odd,), list(odd), tuple(odd), set(odd), max(odd), sum(odd))
print([0] + odd, {1} | odd)

empty = {}
print(empty.pop([], "default"))
for key in ([], "k"):
    try:
        empty.pop(key)
    except KeyError as error:
        print(repr(error))
try:
    {1: 2}.pop([], "default")
except TypeError as error:
    print(error)

for repeated in (lambda: "x" * 2**70, lambda: [1] * 2**70, lambda: 2**70 * (1,), lambda: b"" * -(2**70)):
    try:
        print(repeated())
    except OverflowError as error:
        print(error)

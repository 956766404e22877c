# Default values are made once, when the function is defined.
def add(item, to=[]):
    to.append(item)
    return to


def power(base, exponent=2, *, negate=False):
    result = base**exponent
    return -result if negate else result


print(add(1), add(2), add(3, []))
print(power(3), power(3, 3), power(exponent=4, base=2), power(5, negate=True))

limit = 1


def bounded(value, top=limit):
    return min(value, top)


limit = 100
print(bounded(50))

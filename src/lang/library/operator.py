# Operators as functions.


def add(a, b, /):
    return a + b


def sub(a, b, /):
    return a - b


def mul(a, b, /):
    return a * b


def truediv(a, b, /):
    return a / b


def floordiv(a, b, /):
    return a // b


def mod(a, b, /):
    return a % b


def pow(a, b, /):
    return a**b


def neg(a, /):
    return -a


def pos(a, /):
    return +a


def invert(a, /):
    return ~a


inv = invert


def lshift(a, b, /):
    return a << b


def rshift(a, b, /):
    return a >> b


def and_(a, b, /):
    return a & b


def or_(a, b, /):
    return a | b


def xor(a, b, /):
    return a ^ b


def lt(a, b, /):
    return a < b


def le(a, b, /):
    return a <= b


def eq(a, b, /):
    return a == b


def ne(a, b, /):
    return a != b


def ge(a, b, /):
    return a >= b


def gt(a, b, /):
    return a > b


def not_(a, /):
    return not a


def truth(a, /):
    return True if a else False


def is_(a, b, /):
    return a is b


def is_not(a, b, /):
    return a is not b


def concat(a, b, /):
    return a + b


def contains(a, b, /):
    return b in a


def countOf(a, b, /):
    count = 0
    for value in a:
        if value is b or value == b:
            count += 1
    return count


def indexOf(a, b, /):
    for index, value in enumerate(a):
        if value is b or value == b:
            return index
    raise ValueError("sequence.index(x): x not in sequence")


def getitem(a, b, /):
    return a[b]


def setitem(a, b, c, /):
    a[b] = c


def delitem(a, b, /):
    del a[b]


def iadd(a, b, /):
    a += b
    return a


def isub(a, b, /):
    a -= b
    return a


def imul(a, b, /):
    a *= b
    return a


def index(a, /):
    if isinstance(a, int):
        return int(a)
    raise TypeError(f"'{type(a).__name__}' object cannot be interpreted as an integer")


class itemgetter:
    def __init__(self, item, /, *items):
        self._items = (item,) + items

    def __call__(self, of, /):
        if len(self._items) == 1:
            return of[self._items[0]]
        return tuple([of[item] for item in self._items])

    def __repr__(self):
        return f"operator.itemgetter({', '.join([repr(item) for item in self._items])})"


class attrgetter:
    def __init__(self, attribute, /, *attributes):
        self._paths = (attribute,) + attributes
        for path in self._paths:
            if not isinstance(path, str):
                raise TypeError("attribute name must be a string")

    def __call__(self, of, /):
        if len(self._paths) == 1:
            return _reached(of, self._paths[0])
        return tuple([_reached(of, path) for path in self._paths])

    def __repr__(self):
        return f"operator.attrgetter({', '.join([repr(path) for path in self._paths])})"


def _reached(value, path):
    for name in path.split("."):
        value = getattr(value, name)
    return value


class methodcaller:
    def __init__(self, name, /, *arguments, **keywords):
        if not isinstance(name, str):
            raise TypeError("method name must be a string")
        self._name = name
        self._arguments = arguments
        self._keywords = keywords

    def __call__(self, of, /):
        return getattr(of, self._name)(*self._arguments, **self._keywords)

    def __repr__(self):
        given = [repr(self._name)] + [repr(value) for value in self._arguments]
        given += [f"{name}={value!r}" for name, value in self._keywords.items()]
        return f"operator.methodcaller({', '.join(given)})"

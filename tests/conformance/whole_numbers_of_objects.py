import math


class Half:
    def __init__(self, halves):
        self.halves = halves

    def __floor__(self):
        return self.halves // 2

    def __ceil__(self):
        return -(-self.halves // 2)

    def __trunc__(self):
        return 7

    def __divmod__(self, other):
        return "divmod", other

    def __rdivmod__(self, other):
        return "rdivmod", other


print(math.floor(Half(5)), math.ceil(Half(5)), math.trunc(Half(5)), divmod(Half(1), 2), divmod(3, Half(1)))
print(math.frexp(10.5), math.ldexp(0.65625, 4), math.frexp(0.0), math.frexp(5e-324), math.ldexp(1.0, -1074), math.ldexp(1.5, 10))
for call in [lambda: divmod("a", 2), lambda: math.ceil("x"), lambda: math.ldexp(1.0, 5000)]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

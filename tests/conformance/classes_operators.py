# Operators and comparisons that a class defines.
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        if isinstance(other, int):
            return Money(self.cents + other)
        return Money(self.cents + other.cents)

    def __radd__(self, other):
        return Money(other + self.cents)

    def __sub__(self, other):
        return Money(self.cents - other.cents)

    def __mul__(self, factor):
        return Money(self.cents * factor)

    def __neg__(self):
        return Money(-self.cents)

    def __iadd__(self, other):
        self.cents += other.cents
        return self

    def __eq__(self, other):
        return isinstance(other, Money) and self.cents == other.cents

    def __lt__(self, other):
        return self.cents < other.cents

    def __repr__(self):
        return f"{self.cents}c"


a, b = Money(150), Money(50)
print(a + b, a - b, a * 3, -a, a + 1, 1 + a, sum([a, b], Money(0)))
print(a == Money(150), a != b, a == 150, b < a, a > b, b in [a, Money(50)], max(a, b), sorted([a, b]))
alias = a
a += b
print(a, alias is a)
for call in (lambda: a / b, lambda: a <= b):
    try:
        call()
    except TypeError as error:
        print(error)

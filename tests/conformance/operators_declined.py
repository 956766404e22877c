# Special methods that answer NotImplemented pass the question on: to the other operand, then to what all objects share.


class Metres:
    def __init__(self, value):
        self.value = value

    def __repr__(self):
        return f"{type(self).__name__}({self.value})"

    def __add__(self, other):
        print("add", end=" ")
        if isinstance(other, Metres):
            return Metres(self.value + other.value)
        return NotImplemented

    def __radd__(self, other):
        print("radd", end=" ")
        return Metres(other + self.value) if isinstance(other, int) else NotImplemented

    def __iadd__(self, other):
        print("iadd", end=" ")
        return NotImplemented

    def __eq__(self, other):
        print("eq", end=" ")
        return self.value == other.value if isinstance(other, Metres) else NotImplemented

    def __lt__(self, other):
        print("lt", end=" ")
        return self.value < other.value if isinstance(other, Metres) else NotImplemented


class Exact(Metres):
    def __radd__(self, other):
        print("Exact.radd", end=" ")
        return NotImplemented

    def __gt__(self, other):
        print("Exact.gt", end=" ")
        return NotImplemented


class Plain:
    pass


def attempt(action):
    try:
        print(action())
    except TypeError as error:
        print(error)


a, b, exact, plain = Metres(1), Metres(2), Exact(3), Plain()
attempt(lambda: a + b)
attempt(lambda: a + 1)
attempt(lambda: 1 + a)
attempt(lambda: "x" + a)
attempt(lambda: [1] + a)
attempt(lambda: a + exact)
attempt(lambda: plain + a)
attempt(lambda: a - b)
attempt(lambda: plain ** 2)
attempt(lambda: "%s!" % a)
attempt(lambda: a == 1)
attempt(lambda: a != 1)
attempt(lambda: a != Metres(1))
attempt(lambda: 1 == a)
attempt(lambda: plain == a)
attempt(lambda: a == plain)
attempt(lambda: a < 1)
attempt(lambda: a > 1)
attempt(lambda: a < exact)
attempt(lambda: a > b)
attempt(lambda: a >= b)
attempt(lambda: (1, a) == (1, 2))
attempt(lambda: (1, a) < (1, b))
attempt(lambda: [a, b] > [a, plain])
attempt(lambda: [a, b].index(Metres(2)))
attempt(lambda: [plain, a].count(Metres(1)))
attempt(lambda: sorted([(1, b), (1, a)]))
a += b
print(a)
try:
    a += 4
except TypeError as error:
    print(error)
items = [1]
try:
    items += a
except TypeError as error:
    print(error)

# Builtins that go through a generator: what they give, where they stop, and what they leave of it.


class Money:
    def __init__(self, cents):
        self.cents = cents

    def __radd__(self, other):
        return Money(self.cents + other)

    def __add__(self, other):
        return Money(self.cents + other.cents)

    def __lt__(self, other):
        return self.cents < other.cents

    def __gt__(self, other):
        return self.cents > other.cents

    def __bool__(self):
        return self.cents > 0

    def __repr__(self):
        return f"Money({self.cents})"


def told(values):
    for value in values:
        print("yield", value)
        yield value
    print("end")


print(sum(i * i for i in range(10)), sum(2**62 for _ in range(5)), sum((2**64 for _ in range(3)), -(2**65)))
print(sum(x / 4 for x in range(5)), sum(x > 2 for x in range(5)), sum((1, 2.5, True, 2**70)), sum(i for i in ()))
print(sum(Money(5) for _ in range(3)).cents, sum((x for x in (1, 2, Money(3), Money(4)))).cents)
print(sum(([i] for i in range(3)), []), sum((i for i in range(3)), 0.5))

values = told([0, "", 3, 4])
print(any(values), list(values))
values = told([1, Money(1), Money(0), 2])
print(all(values), list(values), all(values))
print(any(Money(n) for n in (0, 0)), all(x for x in [[1], (2,), {}]))

print(min(len(w) for w in "three tall trees".split()), max(w for w in ["pear", "fig", "plum"]))
print(max(x for x in (1, 2.5, True)), min(Money(n) for n in (4, 2, 9)).cents, max(Money(n) for n in (4, 2, 9)).cents)
print(max((x for x in [3, 1]), key=lambda x: -x), min((x for x in []), default="none"))
print(", ".join(str(n) for n in range(4)), tuple(c for c in "abc"), sorted(n % 3 for n in range(5)), [*told("x")])

for broken in (
    lambda: sum(told(["a"])),
    lambda: sum(1 // n for n in (2, 0)),
    lambda: min(n for n in ()),
    lambda: max(n for n in (1, "x")),
    lambda: list(n for n in None),
):
    try:
        print(broken())
    except (TypeError, ValueError, ZeroDivisionError) as error:
        print(type(error).__name__, error)


def nested(depth):
    if depth:
        yield sum(nested(depth - 1)) + 1
        yield len(list(nested(depth - 1)))


def itself():
    yield 1
    yield sum(running)


print(sum(nested(6)))
running = itself()
try:
    print(sum(running))
except ValueError as error:
    print(error, list(running))

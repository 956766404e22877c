# Objects that say themselves what they are equal to, as keys of dicts and elements of sets.
import threading


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return (self.x, self.y) == (other.x, other.y)

    def __hash__(self):
        return hash((self.x, self.y))

    def __repr__(self):
        return f"P{self.x}{self.y}"


class Number:
    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, Number) else other)

    def __hash__(self):
        return hash(self.value)


class Clash(Point):
    def __hash__(self):
        return 7


class Unhashable(Point):
    def __eq__(self, other):
        return True


class Refusing:
    __hash__ = None


class Wrong:
    def __hash__(self):
        return "seven"


P = Point
visits = {P(1, 2): "a", P(3, 4): "b"}
visits[P(1, 2)] = "c"
visits[P(5, 6)] = "d"
print(visits, visits[P(3, 4)], visits.get(P(9, 9), "none"), P(5, 6) in visits)
print(visits.pop(P(3, 4)), visits.setdefault(P(1, 2), "x"), visits.setdefault(P(0, 0), "y"))
del visits[P(0, 0)]
print(visits, len(visits))
nested = {(P(1, 1), "k"): 1, ("k", (P(2, 2),)): 2}
nested[(P(1, 1), "k")] += 10
print(nested, nested["k", (P(2, 2),)])
print(len({P(1, 1), P(1, 1), P(2, 2)}), set([P(1, 1), P(1, 1)]), frozenset((P(3, 3), P(3, 3))))
left, right = {P(1, 1), P(2, 2), P(3, 3)}, {P(3, 3), P(1, 1)}
print(left & right == right, left - right, left | right == left, left ^ right, right <= left, left > right)
left.discard(P(1, 1))
left.add(P(2, 2))
print(sorted(left, key=repr), P(3, 3) in left, left.isdisjoint({P(1, 1)}))
print({P(1, 1): 1, "x": [P(2, 2)]} == {"x": [P(2, 2)], P(1, 1): 1})
numbers = {Number(5): "five"}
print(numbers[5], numbers[5.0], 5 in numbers, 6 in numbers, Number(5) in {5: 1}, {5, Number(5)} == {5})
clashes = {Clash(n, n): n for n in range(6)}
print(len(clashes), [clashes[Clash(n, n)] for n in range(6)])
print(sorted({P(n % 3, 0) for n in range(9)}, key=repr), dict([(P(1, 0), 1), (P(1, 0), 2)]), dict.fromkeys([P(4, 4), P(4, 4)]))
visits.update({P(1, 2): "new", P(8, 8): "more"})
visits |= {P(8, 8): "most"}
print(visits, {**visits, P(1, 2): "last"})
print([P(1, 1), P(2, 2)].index(P(2, 2)), hash(P(1, 2)) == hash((1, 2)))
for bad in (Unhashable(1, 1), Refusing(), Wrong()):
    for use in (hash, lambda value: {value: 1}, lambda value: {(value,)}):
        try:
            use(bad)
        except TypeError as error:
            print(error)
try:
    visits[P(0, 9)]
except KeyError as error:
    print("missing", error)

shared = {P(0, 0): 0}
lock = threading.Lock()


def count(number):
    for turn in range(20):
        with lock:
            key = P(turn % 2, number % 2)
            shared[key] = shared.get(key, 0) + 1


threads = [threading.Thread(target=count, args=(number,)) for number in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(sorted(shared.items(), key=repr))

# Numbers, texts and tuples of classes of one's own.
class Celsius(float):
    def fahrenheit(self):
        return self * 9 / 5 + 32


class Name(str):
    def __new__(cls, first, last):
        made = super().__new__(cls, f"{first} {last}")
        made.first = first
        return made

    def short(self):
        return self.split()[-1]


class Point(tuple):
    def __new__(cls, x, y):
        return super().__new__(cls, (x, y))

    @property
    def x(self):
        return self[0]


class Even(int):
    def __add__(self, other):
        return Even(int(self) + int(other) * 2)


print(Celsius(100).fahrenheit(), Celsius(1.5) + 1, repr(Celsius(2)))
name = Name("Ada", "Lovelace")
print(name, name.first, name.short(), len(name), name.upper(), name == "Ada Lovelace", {name: 1}["Ada Lovelace"])
point = Point(3, 4)
print(point, point.x, point + (5,), sorted([Point(2, 1), Point(1, 2)]), isinstance(point, tuple))
print(Even(4) + 3, type(Even(4) + 3).__name__, Even(4) * 2, type(Even(4) * 2).__name__)

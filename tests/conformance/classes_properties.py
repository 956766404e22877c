# property, staticmethod and classmethod.
class Celsius:
    zero = -273.15

    def __init__(self, degrees):
        self._degrees = degrees

    @property
    def degrees(self):
        return self._degrees

    @degrees.setter
    def degrees(self, value):
        if value < self.zero:
            raise ValueError("too cold")
        self._degrees = value

    @property
    def fahrenheit(self):
        return self._degrees * 9 / 5 + 32

    @staticmethod
    def parse(text):
        return float(text.rstrip("C"))

    @classmethod
    def of(cls, text):
        return cls(cls.parse(text))


t = Celsius.of("100C")
print(t.degrees, t.fahrenheit, t.parse("3C"))
t.degrees = 20
print(t.degrees, t.fahrenheit)
for change in (-300,):
    try:
        t.degrees = change
    except ValueError as error:
        print(error, t.degrees)
try:
    t.fahrenheit = 1
except AttributeError:
    print("read only")

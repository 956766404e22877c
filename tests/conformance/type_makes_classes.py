# `type(name, bases, namespace)`.
Point = type("Point", (), {"x": 1, "shift": lambda self, by: self.x + by})
point = Point()
print(Point.__name__, type(point) is Point, point.x, point.shift(4), Point.__mro__ == (Point, object))


class Base:
    def greeting(self):
        return "I am " + type(self).__name__


Left = type("Left", (Base,), {})
print(Left().greeting(), issubclass(Left, Base), Left.__bases__)


def made(name, **fields):
    def init(self, **given):
        for field in fields:
            setattr(self, field, given.get(field, fields[field]))

    return type(name, (Base,), {"__init__": init, "fields": tuple(fields), "__repr__": lambda self: f"{name}{self.fields}"})


Car = made("Car", wheels=4, colour="red")
car = Car(colour="blue")
print(car, car.wheels, car.colour, car.greeting())

Failure = type("Failure", (ValueError,), {"code": 7, "other": 1})
try:
    raise Failure("no")
except ValueError as error:
    print(type(error).__name__, error, error.code, error.other, error.args)
    setattr(error, "code", 8)
    print(error.code)
for wrong in (lambda: type("A", (int,), []), lambda: type(3, (), {}), lambda: type("A", [], {}), lambda: type(1, 2)):
    try:
        wrong()
    except TypeError as error:
        print(error)


class Registry:
    known = []

    def __init_subclass__(cls, **settings):
        super().__init_subclass__(**settings)
        Registry.known.append(cls.__name__)


class Field:
    def __set_name__(self, owner, name):
        self.place = (owner.__name__, name)


Made = type("Made", (Registry,), {"size": Field()})
print(Registry.known, Made.size.place)

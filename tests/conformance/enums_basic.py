# Enumerations: members, values, look-up, iteration, aliases, methods.
from enum import Enum, IntEnum, auto, unique


class State(Enum):
    NEW = 1
    RUNNING = 2
    DONE = 3
    FINISHED = 3

    @property
    def over(self):
        return self is State.DONE

    @classmethod
    def first(cls):
        return cls.NEW


class Level(IntEnum):
    LOW = auto()
    MIDDLE = auto()
    HIGH = 10


class Planet(Enum):
    MERCURY = (3.3, 2.4)
    EARTH = (6.0, 6.4)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    def __str__(self):
        return self.name.title()


class Color(Enum):
    RED = "r"
    GREEN = "g"


print(State.NEW, repr(State.NEW), State.NEW.name, State.NEW.value, State.DONE.over, State.first())
print(list(State), len(State), State(2), State["DONE"], State.FINISHED is State.DONE, State.FINISHED)
print([s.name for s in State], State.NEW == State.NEW, State.NEW == 1, State.NEW in State, State.NEW != State.DONE)
print(Level.LOW, repr(Level.LOW), Level.LOW < Level.HIGH, Level.HIGH + 1, sorted(Level, reverse=True), f"{Level.HIGH:>4}", Level(10), int(Level.LOW), Level.LOW == 1, [10, 20][Level.LOW])
print(Planet.EARTH, Planet.EARTH.mass, [str(p) for p in Planet], Planet((3.3, 2.4)))
print({State.NEW: "a"}[State.NEW], type(State.NEW), isinstance(State.NEW, State), State, Color("r"))
print(f"{State.NEW} {State.NEW!r} {Color.RED.value:>3}", "%s" % Color.RED, list(State.__members__))
for attempt in (lambda: State(9), lambda: State["NONE"], lambda: State.NONE, lambda: Color("x")):
    try:
        attempt()
    except (ValueError, KeyError, AttributeError) as error:
        print(type(error).__name__, error)
try:
    @unique
    class Doubled(Enum):
        A = 1
        B = 1
except ValueError as error:
    print(error)
match State(2):
    case State.NEW:
        print("new")
    case State.RUNNING:
        print("running")
for s in State:
    print(s.value, end=" ")
print()

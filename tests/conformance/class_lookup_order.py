# A name is looked for in one class after the other, whatever each of them binds it to.


class Loud:
    greeting = "HELLO"

    def greet(self):
        return self.greeting

    @property
    def volume(self):
        return 10

    def mood(self):
        return "loud"


class Quiet(Loud):
    greet = None
    volume = 1
    greeting = "hello"


class Named(Quiet):
    mood = "calm"


class Labels:
    label = "from Labels"


class Methods:
    def label(self):
        return "from Methods"


class Both(Labels, Methods):
    pass


class Other(Methods, Labels):
    pass


quiet, named = Quiet(), Named()
print(Loud().greet(), Loud().volume, quiet.greet, quiet.volume, Quiet.greet, named.mood, named.volume)
quiet.volume = 3
named.greet = "stored"
print(quiet.volume, named.greet, Named.greet, Named().greet, Both().label, Both.label, Other().label())
named.mood = "set"
print(named.mood, Named.mood, Quiet().mood())
both = Both()
both.label = "own"
print(both.label)
del both.label
print(both.label, hasattr(Quiet(), "greet"), getattr(Named, "greeting"))
Quiet.greeting = "hm"
print(Named.greeting, Named().greeting, Loud.greeting)
try:
    Loud().volume = 4
except AttributeError as error:
    print(error)
try:
    quiet.greet()
except TypeError as error:
    print(error)

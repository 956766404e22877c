# Single inheritance, super, overriding, isinstance.
class Animal:
    sound = "..."

    def __init__(self, name):
        self.name = name

    def speak(self):
        return f"{self.name} says {self.sound}"

    def twice(self):
        return self.speak() + ", " + self.speak()


class Dog(Animal):
    sound = "woof"


class Puppy(Dog):
    def __init__(self, name, age):
        super().__init__(name)
        self.age = age

    def speak(self):
        return super().speak() + "!"


class Silent(Animal):
    def __init__(self):
        pass


print(Animal("it").speak(), Dog("rex").twice(), Puppy("bit", 1).twice(), Puppy("bit", 2).age)
puppy = Puppy("p", 3)
print(isinstance(puppy, Animal), isinstance(puppy, (int, Dog)), issubclass(Dog, Puppy), isinstance(3, Dog))
try:
    Silent().speak()
except AttributeError as error:
    print(error)


class Base:
    def run(self):
        raise NotImplementedError("subclasses say how")


try:
    Base().run()
except NotImplementedError as error:
    print(type(error).__name__, error)


class Elsewhere:
    __module__ = "some.where"


class Here(Elsewhere):
    pass


print(Elsewhere, Here, Elsewhere.__module__, Here.__module__, Here().__module__, Elsewhere().__module__)

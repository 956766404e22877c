# Abstract base classes.
from abc import ABC, ABCMeta, abstractmethod
import abc

class Shape(ABC):
    def __init__(self, name):
        self.name = name
    @abstractmethod
    def area(self):
        """The area."""
    @property
    @abstractmethod
    def sides(self): ...
    def describe(self):
        return f"{self.name}: {self.area()} {self.sides}"

class Square(Shape):
    def __init__(self, side):
        super().__init__("square")
        self.side = side
    def area(self):
        return self.side ** 2
    sides = 4

class Half(Shape):
    def area(self):
        return super().area()

class Other(metaclass=ABCMeta):
    @abstractmethod
    def run(self): ...
    @classmethod
    @abstractmethod
    def make(cls): ...
    @staticmethod
    @abstractmethod
    def help(): ...

class Ok(Other):
    def run(self): return "run"
    @classmethod
    def make(cls): return cls()
    @staticmethod
    def help(): return "help"

print(Square(3).describe(), isinstance(Square(1), Shape), issubclass(Half, Shape), Ok.make().run(), Ok.help())
for kind in (Shape, Half, Other):
    try:
        kind("x")
    except TypeError as error:
        print(error)
class Plugin(ABC): pass
@Plugin.register
class Foreign: pass
print(isinstance(Foreign(), Plugin), issubclass(Foreign, Plugin), isinstance(3, Plugin), Plugin() is not None)
class Late(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
try: Late()
except TypeError as e: print(e)

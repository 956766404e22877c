# `super().__init_subclass__()` and `super().__setattr__()` of a class that inherits from a builtin and others
import threading
from abc import ABC, abstractmethod


class Named:
    def __init_subclass__(cls, role="none", **keywords):
        super().__init_subclass__(**keywords)
        cls.role = role

    def __setattr__(self, name, value):
        super().__setattr__(name, value * 2 if isinstance(value, int) and name == "size" else value)


class Stage(threading.Thread, Named, ABC):
    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        print("announced", cls.__name__)

    def __setattr__(self, name, value):
        super().__setattr__(name, value)

    @abstractmethod
    def step(self):
        pass


class Worker(Stage, role="worker"):
    def step(self):
        return self.size

    def run(self):
        print(self.role, self.step())


class Half(Stage):
    pass


worker = Worker()
worker.size = 4
worker.start()
worker.join()
print(Half.role)
try:
    Half()
except TypeError as error:
    print(error)


class Box(dict, Named):
    def __setattr__(self, name, value):
        super().__setattr__(name, value)


box = Box(a=1)
box.size = 3
print(box, box.size, Box.role)

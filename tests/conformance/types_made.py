# type(name, bases, dict): classes made at run time, with methods, slots, hooks.
import threading

def hello(self):
    return f"hello from {type(self).__name__} {self.x}"

A = type("A", (), {"x": 1, "hello": hello, "__doc__": "made"})
print(A.__name__, A.__doc__, A.__bases__, A().hello(), A.__mro__, A.__dict__["x"], A.__module__, A.__qualname__)
B = type("B", (A,), {"x": 2, "__repr__": lambda self: "<B>", "__eq__": lambda self, other: True, "__hash__": None})
print(B(), B().hello(), B() == 3, isinstance(B(), A), issubclass(B, A))
try:
    hash(B())
except TypeError as error:
    print(error)
class Hook:
    def __init_subclass__(cls, **keywords):
        print("subclass", cls.__name__, keywords)
    def __set_name__(self, owner, name):
        print("named", owner.__name__, name)
C = type("C", (Hook,), {"field": Hook()}, key=1)
Worker = type("Worker", (threading.Thread,), {"run": lambda self: print("runs", self.name)})
w = Worker(name="w")
w.start()
w.join()
E = type("Problem", (ValueError,), {})
try:
    raise E("made")
except ValueError as error:
    print(repr(error), type(error).__name__)
classes = {name: type(name, (A,), {"x": i}) for i, name in enumerate(["P", "Q"])}
print([c().hello() for c in classes.values()], type(A), type(5) is int, type("x")("y"))
for arguments in (("A",), ("A", ()), (1, (), {}), ("A", [], {}), ("A", (), []), ("A", (bool,), {}), ("A", (int, str), {})):
    try:
        print(type(*arguments))
    except TypeError as error:
        print(error)

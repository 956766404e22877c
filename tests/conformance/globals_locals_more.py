# globals(), locals(), vars(), dir(): what stands in them, and when.
x = 1
def f(a, b=2, *c, **d):
    e = 5
    print(sorted(locals().items(), key=lambda item: item[0]))
    del a
    print("a" in locals(), locals()["e"], sorted(vars()))
    def inner():
        return sorted(locals()), b
    print(inner())
f(1, 3, 4, k=5)
class C:
    y = 2
    names = ["y"]
    def __init__(self):
        self.z = 3
print(C.names, vars(C())["z"], sorted(vars(C()))[0], "y" in vars(C), "x" in globals(), globals()["x"], "f" in globals(), callable(globals()["f"]))
x = 7
print(globals()["x"], globals().get("nothing", "none"), [name for name in dir(C()) if not name.startswith("__")], "append" in dir([]), "x" in dir())
def changes():
    n = 1
    locals()["n"] = 2
    return n
print(changes())
print(sorted(name for name in globals() if len(name) == 1))
try:
    vars(5)
except TypeError as error:
    print(error)
def finds(name):
    return globals()[name]()
def target():
    return "called by name"
print(finds("target"))
try:
    finds("missing")
except KeyError as error:
    print("KeyError", error)
print(dir(type("Q", (), {"a": 1})())[-1], __name__, __doc__)

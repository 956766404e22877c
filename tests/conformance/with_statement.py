# with and context managers of one's own.
class Guard:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, value, traceback):
        print("exit", self.name, kind.__name__ if kind else None, value)
        return self.swallow


with Guard("a") as name:
    print("in", name)

with Guard("b") as one, Guard("c") as two:
    print(one, two)

with Guard("d", swallow=True):
    raise ValueError("swallowed")

try:
    with Guard("e"), Guard("f"):
        raise KeyError("through")
except KeyError as error:
    print("caught", error)


def leave():
    for n in range(3):
        with Guard(f"g{n}"):
            if n == 0:
                continue
            return n


print(leave())
try:
    with 5:
        pass
except TypeError as error:
    print("TypeError")

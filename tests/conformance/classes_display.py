# __str__, __repr__ and __format__ by default.
class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"


class Named(Point):
    def __str__(self):
        return f"at {self.x}"


class Flag:
    def __bool__(self):
        print("asked")
        return False


print(Point(1, 2), [Point(3, 4)], {"p": Point(5, 6)}, str(Point(7, 8)), repr(Named(9, 0)), Named(1, 1))
print(f"{Named(2, 2)} {Named(2, 2)!r}|", "%s %r" % (Named(4, 4), Named(5, 5)))
print("yes" if Flag() else "no", not Flag())

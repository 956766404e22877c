# Keywords whose names are put together while the program runs, and that no parameter is called.
def plain(first, second=2):
    return first + second


class Box:
    def __init__(self, width):
        self.width = width

    def grow(self, by):
        self.width += by


name = "by" + str(1)
box = Box(3)
for call in (lambda: plain(1, **{name: 2}), lambda: plain(**{name: 2}), lambda: box.grow(**{name: 1})):
    try:
        print(call())
    except TypeError as error:
        print(error)
parts = ["fir", "st"]
print(plain(**{"".join(parts): 5}))
box.grow(**{name[:2]: 4})
print(box.width)

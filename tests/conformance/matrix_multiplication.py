# `@`, `@=` and what classes make of them
class Matrix:
    def __init__(self, *rows):
        self.rows = [list(row) for row in rows]

    def __matmul__(self, other):
        if not isinstance(other, Matrix):
            return NotImplemented
        columns = list(zip(*other.rows))
        return Matrix(*[[sum(a * b for a, b in zip(row, column)) for column in columns] for row in self.rows])

    def __repr__(self):
        return f"Matrix({', '.join(map(repr, self.rows))})"


class Row:
    def __init__(self, *items):
        self.items = items

    def __rmatmul__(self, other):
        return f"{other!r} @ {self.items}"

    def __imatmul__(self, other):
        self.items += (other,)
        return self


a = Matrix([1, 2], [3, 4])
b = Matrix([0, 1], [1, 0])
print(a @ b, b @ a, a @ b @ a)
a @= b
print(a, a @ Row(1, 2), [1] @ Row(3), 1 + 2 * 3 @ Row(4) if False else 0)
row = Row(1)
row @= 2
row @= row.items
print(row.items)
for left, right in ((1, 2), (1.5, 2), ([1], [2]), ("a", a), (a, 3), (10**20, 1)):
    try:
        left @ right
    except TypeError as error:
        print(error)
try:
    number = 1
    number @= 2
except TypeError as error:
    print(error)

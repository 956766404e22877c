# Special methods of builtin values, called by their names.
from collections import deque

numbers = [3, 1]
queue = deque([1, 2, 3])
print(numbers.__len__(), numbers.__contains__(3), numbers.__getitem__(0), numbers.__add__([5]), numbers.__mul__(2), numbers.__rmul__(2))
print(list(numbers.__reversed__()), numbers.__eq__([3, 1]), numbers.__ne__([3, 1]), numbers.__lt__([4]), numbers.__ge__([4]))
numbers.__setitem__(0, 9)
numbers.__delitem__(1)
numbers.__iadd__([7])
print(numbers, numbers.__imul__(2), numbers.__repr__())
print(deque.__contains__(queue, 2), deque.__len__(queue), queue.__getitem__(-1), queue.__add__(deque([4])), list(queue.__reversed__()))
queue.__setitem__(0, "x")
queue.__iadd__([5])
queue.__delitem__(1)
print(queue, queue.__eq__(deque(["x", 3, 5])), queue.__mul__(2))
print((5).__add__(2), (5).__sub__(2), (5).__rsub__(2), (5).__truediv__(2), (5).__rtruediv__(2), (5).__floordiv__(2), (5).__mod__(3), (5).__pow__(2))
print((5).__and__(3), (5).__or__(3), (5).__xor__(3), (5).__lshift__(2), (5).__rshift__(1), (5).__invert__(), (5).__neg__(), (5).__pos__(), (-5).__abs__())
print((5).__divmod__(2), (2.5).__round__(), (5).__index__(), (5).__float__(), (2.7).__int__(), (2.7).__trunc__(), (0).__bool__(), (5).__rpow__(2), (1).__rlshift__(4))
print((5).__add__("x"), (5).__add__(2.5), (2.5).__add__(5), "a".__add__("b"), "ab".__mul__(2), "a%s".__mod__(1), "abc".__contains__("b"), "abc".__getitem__(1))
print(list.__len__([1, 2]), dict.__getitem__({"k": 1}, "k"), str.__len__("abc"), tuple.__add__((1,), (2,)), set.__contains__({1}, 1), int.__lt__(1, 2))
table = {"a": 1}
print(table.__or__({"b": 2}), table.__ior__({"c": 3}), table, list(table.__reversed__()), table.__contains__("a"), table.__len__())
values = {1, 2, 3}
print(values.__and__({2}), values.__sub__({2}), values.__xor__({1, 9}) == {2, 3, 9}, values.__rsub__({7, 1}), values.__le__({1, 2, 3, 4}), values.__iand__({1}), values)
print(table.keys().__and__({"a"}), table.keys().__len__(), table.items().__contains__(("a", 1)), list(table.values().__iter__()), table.keys().__sub__({"a"}) == {"c"})
print(range(5).__contains__(3), range(5).__len__(), range(5).__getitem__(2), list(range(3).__reversed__()), b"ab".__add__(b"c"), b"%d".__mod__(5))
for name in ("__len__", "__iadd__", "__sub__", "__setitem__", "__radd__", "__and__", "__mod__", "__reversed__", "__hash__"):
    print(name, [type(value).__name__ for value in ([], {}, (), "", 1, 1.5, set(), frozenset(), range(1), queue) if hasattr(value, name)])
print("a".__hash__() == hash("a"), (1, 2).__hash__() == hash((1, 2)))
for call in (lambda: [].__getitem__(0), lambda: {}.__getitem__("k"), lambda: [1].__delitem__(5), lambda: (1).__lshift__(-1), lambda: (1).__truediv__(0),
             lambda: deque().__getitem__(0), lambda: [].__add__(1)):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


class Shouting(str):
    def __add__(self, other):
        return Shouting(str.__add__(self, other).upper())

    def __len__(self):
        return super().__len__() * 2


print(Shouting("a") + "b", len(Shouting("abc")))


def call_me(a, b=2):
    return a + b


print(call_me.__call__(1), call_me.__call__(1, b=5), len.__call__([1]), [].append.__call__(1))
iterator = [1, 2].__iter__()
print(iterator.__next__(), next(iterator), iterator.__iter__() is iterator)

# Looking for objects with an equality of their own, among many, and in dicts and sets where their hashes collide.
from collections import deque


class Key:
    asked = 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        return self.number % 3

    def __eq__(self, other):
        Key.asked += 1
        return isinstance(other, Key) and self.number == other.number

    def __repr__(self):
        return f"Key({self.number})"


keys = [Key(number) for number in range(60)]
print(keys.index(Key(7)), keys.count(Key(8)), Key(59) in keys, Key(60) in keys)
keys.remove(Key(3))
row = tuple(keys)
ends = deque(keys)
ends.remove(Key(9))
print(len(keys), row.index(Key(4), 2, 40), keys.index(Key(10), -55), ends.index(Key(10)), row.count(Key(3)), ends.count(Key(9)))
for look in (
    lambda: keys.index(Key(99)),
    lambda: keys.index(Key(7), -5),
    lambda: keys.remove(Key(99)),
    lambda: row.index(Key(99)),
    lambda: ends.index(Key(99)),
):
    try:
        print(look())
    except ValueError as error:
        print(error)
numbers = {key: key.number for key in keys}
numbers[Key(5)] = "five"
print(len(numbers), numbers[Key(59)], numbers.get(Key(60)), numbers.pop(Key(5)), Key(5) in numbers, len(numbers))
some = {Key(number) for number in range(40)} | {Key(number) for number in range(20, 60)}
print(len(some), len(some & {Key(1), Key(99)}), len(some - set(keys)), some == {Key(number) for number in range(60)})
Key.asked = 0
large = {Key(3 * number): number for number in range(120)}
print(len(large), Key.asked)

# A list is empty while it is sorted by Python code, and what is done to it meanwhile is noticed.
numbers = [3, 2, 1]


def append(number):
    numbers.append(9)
    return number


def fail(number):
    numbers.append(9)
    raise KeyError(number)


for key in append, fail, lambda number: (len(numbers), -number):
    try:
        print(numbers.sort(key=key), numbers)
    except (ValueError, KeyError) as error:
        print(type(error).__name__, error, numbers)


class Item:
    def __init__(self, number):
        self.number = number

    def __lt__(self, other):
        items.append(self)
        return self.number < other.number

    def __repr__(self):
        return f"Item({self.number})"


items = [Item(2), Item(1)]
try:
    items.sort(reverse=True)
except ValueError as error:
    print(error, items)
numbers.sort(key=str, reverse=True)
print(numbers)

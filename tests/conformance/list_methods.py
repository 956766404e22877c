# Methods of list, and what they raise.
items = [3, 1, 2]
items.append(5)
items.extend((7, 6))
items.insert(1, "in")
print(items, len(items), items.index(2), items.count(1))
items.remove("in")
print(items.pop(), items.pop(0), items)
items.sort()
print(items)
items.sort(reverse=True)
print(items)
items.reverse()
copy = items.copy()
copy.clear()
print(items, copy, items == [1, 2, 5, 7], [1, 2] < [1, 3], [1] + [2] * 2, 5 in items)
alias = items
alias += [9]
print(items, alias is items)
nested = [[0] * 2 for _ in range(2)]
nested[0][1] = 1
nested.append(nested[0])
print(nested, [1, [2, [3]]])
for call in (lambda: [].pop(), lambda: [1][5], lambda: [1].remove(2), lambda: [1].index(2), lambda: items["a"]):
    try:
        call()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__, error)

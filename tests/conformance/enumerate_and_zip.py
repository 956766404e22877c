# enumerate and zip: over what can change, over iterators, and where they end
letters = ["a", "b", "c"]
for index, letter in enumerate(letters):
    if index < 3:
        letters.append(letter * 2)
    print(index, letter)
counted = enumerate("xyz", 5)
print(next(counted), list(counted), next(counted, "over"))
print(list(enumerate([], 3)), dict(enumerate({"k": 1})), sorted(enumerate({2}, start=1)))
print(list(enumerate((n * n for n in range(3)), -1)))
print(iter(counted) is counted)

numbers = iter([1, 2, 3, 4])
print(list(zip(numbers, "ab")), next(numbers))
print(list(zip()), list(zip("abc")), list(zip("abc", range(2), [7, 8, 9])))
pairs = zip([1, 2, 3], (4, 5, 6))
print(next(pairs), [a * b for a, b in pairs], next(pairs, None))
table = {"one": 1, "two": 2}
print(dict(zip(table.values(), table)), list(zip(*[(1, "x"), (2, "y")])))
try:
    for key, number in zip(table, range(9)):
        table[key + "!"] = number
except RuntimeError as error:
    print(error)
for wrong in (lambda: enumerate(5), lambda: zip([1], 5)):
    try:
        list(wrong())
    except TypeError as error:
        print("TypeError", "not iterable" in str(error) or "must support iteration" in str(error))

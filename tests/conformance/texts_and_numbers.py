# Odds and ends of strings and numbers: translation tables, printable text, padded characters, the nearest shortest float.
table = str.maketrans("abc", "xyz", "-")
print("a-b-c-d".translate(table), sorted(str.maketrans({"a": None, 98: "bee"}).items()))
print("it's".isprintable(), "tab\t".isprintable(), "".isprintable(), "\\".isprintable(), "é".isprintable())
print("日本".istitle(), "Title Case".istitle(), "A1b".istitle(), "1 A".istitle())
print(f"{97:4c}|{97:04c}|{97:<4c}|{97:*^5c}|")
print(123456.789**3, 1881676371789155.25, 5e-324, 2.0**53 + 2, 1e22, 1e23, 0.1 + 0.2, 9007199254740993.0)
print("no name" % [], "no name" % {"a": 1})

values = [3, 1, 4, 1, 5, 0, 9]
taken = list(iter(lambda: values.pop(0), 0))
print(taken, values)

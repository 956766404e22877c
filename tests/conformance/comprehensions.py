# Comprehensions of all kinds have their own scope.
print([n * n for n in range(6)], [n for n in range(10) if n % 2 if n > 3])
print([(a, b) for a in "xy" for b in range(2)], [[c for c in row] for row in ["ab", "cd"]])
print({n: n**2 for n in range(3)}, sorted({n // 2 for n in range(6)}), sum(n for n in range(5)))
n = "untouched"
print([n for n in range(2)], n)
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)], [v for row in matrix for v in row if v > 2])
print(any(v > 5 for row in matrix for v in row), all(row for row in matrix), ["even" if v % 2 == 0 else "odd" for v in (1, 2)])


def scale(values, factor):
    return [value * factor for value in values]


print(scale([1, 2], 10), [y for x in [3] if (y := x + 1)], y)
print(dict((w, len(w)) for w in ["a", "bb"]), ", ".join(f"{k}={v}" for k, v in {"a": 1}.items()))

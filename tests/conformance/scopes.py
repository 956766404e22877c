# Closures in loops and comprehensions, nonlocal and global, names that are not there, recursion.
fs = [lambda: i for i in range(3)]; gs = [lambda i=i: i for i in range(3)]
print([f() for f in fs], [g() for g in gs], [[x * y for y in range(3) if y != x] for x in range(3)], {k: v for k, v in zip("ab", [1, 2])}, [(lambda: x)() for x in range(2)])
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c1, c2 = counter(), counter(); print(c1(), c1(), c2())
def deep(n): return deep(n + 1)
try: deep(0)
except RecursionError as e: print(e)
print(sorted([(1, "b"), (0, "z"), (1, "a")], key=lambda t: t[0]), sorted("bA", key=str.lower), sorted([3, 1, 2], reverse=True))
if (n := len("abc")) > 2: print(n)
print(1 < 2 < 3, 1 < 3 > 2, not 1 == 2, 1 if 0 else 2, None or "x", 0 and 1)
x = 5
def glob():
    global x
    x += 1
glob(); print(x)
try:
    print(undefined)
except NameError as e: print(e)
def local():
    print(zz)
    zz = 1
try: local()
except UnboundLocalError as e: print(e)
try: exit(3)
except SystemExit as e: print(e.code)

# What builtins and calls say about arguments that they cannot use.
def keyworded(first, /, second, *, third=3):
    return first, second, third


misuses = [
    ("replace", lambda: "a".replace("a", 1)),
    ("find", lambda: "a".find(1)),
    ("partition", lambda: "a".partition(None)),
    ("endswith", lambda: "a".endswith(("b", 1))),
    ("pow", lambda: pow("a", 2, 3)),
    ("pow float", lambda: pow(2, 3, 1.5)),
    ("issubclass", lambda: issubclass(int, "int")),
    ("getattr", lambda: getattr("a", 1)),
    ("next", lambda: next()),
    ("iter", lambda: iter(1, 2)),
    ("positional-only", lambda: keyworded(first=1, second=2)),
    ("star", lambda: [1, *2]),
    ("unpacking", lambda: unpacked(True)),
    ("deletion", lambda: deleted((1, 2), 0)),
    ("deletion by key", lambda: deleted((1, 2), "a")),
    ("list for names", lambda: "%(a)s" % [1]),
    ("sorted", lambda: sorted(True, key=repr)),
]


def unpacked(value):
    first, *rest = value


def deleted(sequence, index):
    del sequence[index]


for name, misuse in misuses:
    try:
        print(name, misuse())
    except TypeError as error:
        print(name, error)

# f-strings: conversion, nesting, padding, and what stands in braces.
name, width, data = "ada", 9, {"k": [1, 2]}
print(f"[{name}] [{name!r}] [{name!s}] [{name:>8}] [{name:<8}] [{name:^8}] [{name:*^9}] [{name:.2}] [{name:5.1}]")
print(f"[{name:{width}}] [{name:>{width}}] [{3.14159:{width}.{2}f}] {{braces}} {{{name}}}")
print(f"{data['k'][1]} {len(name) * 2} {name.upper()} {'yes' if width > 3 else 'no'} {(lambda v: v + 1)(1)}")
print(f"{name=} {width=:>4} {width + 1=}")
print(f"{'a' 'b'}" f" and {1}" " plain")
print(f"{None} {True} {[1, 'a']} {(1,)} {name!r:>7}")
try:
    f"{'text':d}"
except ValueError as error:
    print(error)

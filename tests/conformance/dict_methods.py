# Methods of dict; insertion order is kept.
ages = {"ada": 36, "alan": 41}
ages["grace"] = 85
ages["ada"] += 1
print(ages, len(ages), "alan" in ages, ages.get("x"), ages.get("x", 0))
print(list(ages), list(ages.keys()), list(ages.values()), list(ages.items()))
print(ages.pop("alan"), ages.pop("none", "default"), ages.setdefault("linus", 21), ages.setdefault("ada", 0), ages)
ages.update({"ada": 1, "new": 2})
ages.update(kw=3)
del ages["new"]
print(ages, ages.popitem(), {**ages, "z": 26}, {"a": 1} | {"b": 2}, {"a": 1, "b": 2} == {"b": 2, "a": 1})
for name, age in ages.items():
    print(name, age)
print(dict([("a", 1), ("b", 2)]), dict(x=1, y=2), {k: v * 2 for k, v in ages.items()}, dict(zip("ab", [1, 2])))
print({1: "int", True: "bool", 1.0: "float"}, {(1, 2): "tuple"}, dict.fromkeys("ab", 0))
copy = ages.copy()
copy.clear()
print(copy, bool(copy), sorted(ages), max(ages, key=ages.get))
for call in (lambda: ages["nobody"], lambda: {[]: 1}):
    try:
        call()
    except (KeyError, TypeError) as error:
        print(type(error).__name__, error)

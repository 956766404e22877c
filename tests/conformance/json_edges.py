# json: kinds of values, separators, sorting, hooks, errors with their places.
import json
from collections import OrderedDict, namedtuple
from decimal import Decimal

print(json.dumps({"b": [1, 2.0, 1e100, float("inf"), None, True], "a": {"x": "\u00e9\n\"\\\u2028"}, 1: 2, None: 3, True: 4, 2.5: 5}))
print(json.dumps({"b": 1, "a": [], "c": {}}, indent=2, sort_keys=True))
print(json.dumps([1, [2, {"k": ()}]], indent="\t"), json.dumps("\u00e9", ensure_ascii=False), json.dumps([1, 2], separators=(",", ":")))
print(json.dumps(namedtuple("P", "x y")(1, 2)), json.dumps(OrderedDict(z=1, a=2)), json.dumps(10**20), json.dumps(-0.0), json.dumps(1e-7))
for value in ({1, 2}, object, b"x", {(1, 2): 3}, Decimal("1.5")):
    try:
        print(json.dumps(value))
    except TypeError as error:
        print(error)
print(json.dumps({(1, 2): 3, "a": 1}, skipkeys=True), json.dumps({1, 2}, default=sorted), json.dumps([Decimal("1.5")], default=str))
loop = []
loop.append(loop)
try:
    json.dumps(loop)
except ValueError as error:
    print(error)
try:
    json.dumps(float("nan"), allow_nan=False)
except ValueError as error:
    print(error)
for text in ("", "[1,]", "{'a': 1}", '{"a" 1}', "nul", "[1 2]", '"abc', "1 2", '{"a": 1,}', "\n\n  x", "[", '"\x01"', "01", "-", "1.e5", '"\\q"'):
    try:
        print(json.loads(text))
    except json.JSONDecodeError as error:
        print(repr(text), error, error.lineno, error.colno, error.pos, error.msg)
print(json.loads(' {"a": [1, -2.5e3, true, null, "\\u00e9\\ud83d\\ude00"], "a": 2} '), json.loads("NaN"), json.loads("1E2"), json.loads(b"[1]"))
print(json.loads('{"a": 1.5, "b": 2}', parse_float=Decimal, parse_int=str), json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d.items())))
print(json.loads('{"a": 1, "b": 2}', object_pairs_hook=list))

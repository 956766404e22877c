# Values as JSON, and back.
import json

order = {"id": 7, "items": ["pen", "ink"], "paid": True, "note": None, "price": 2.5, "to": {"name": "Zoë"}}
text = json.dumps(order)
print(text)
print(json.loads(text) == order, json.dumps(order, sort_keys=True, separators=(",", ":")))
print(json.dumps({"b": [1, {"c": []}], "a": {}}, indent=2, sort_keys=True))
print(json.dumps("tab\t quote\" slash\\ é \u2028"), json.dumps("é", ensure_ascii=False), json.dumps({1: 2, None: 3, True: 4}))
print(json.dumps((1, 2)), json.dumps([1e100, -0.0, 10.0, float("inf")]), json.dumps(10**20), json.dumps("😀"))
print(json.loads(' [1, -2.5e-3, true, null, "\\u00e9\\n\\ud83d\\ude00", {"a": {}}] '), json.loads("12"), json.loads('""'))


class Point:
    x = 1


print(json.dumps([Point()], default=lambda thing: {"x": thing.x}))
for wrong in ('{"a" 1}', "[1,]", "", '{"a": 1} x', '"abc', "{1: 2}", "[1 2]", "tru", '"\\x"', '{"a": 1,}'):
    try:
        print(json.loads(wrong))
    except json.JSONDecodeError as error:
        print(error, error.pos, error.lineno, isinstance(error, ValueError))
for wrong in (Point, {1, 2}, {(1, 2): 3}):
    try:
        json.dumps(wrong)
    except TypeError as error:
        print(error)

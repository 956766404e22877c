import pprint
from dataclasses import dataclass

data = {"name": "worker", "tasks": list(range(30)), "nested": {"b": [1, 2, {"x": (1, 2)}], "a": "y" * 60, "c": None}}
pprint.pprint(data)
pprint.pprint(data, width=40, indent=2)
pprint.pprint(data, depth=1)
print(pprint.pformat([1, 2, 3]))
pprint.pprint({"b": 1, "a": 2}, sort_dicts=False)
pprint.pp({"b": 1, "a": 2})
pprint.pprint(list(range(60)), compact=True)
pprint.pprint("some words that go on and on " * 6)
pprint.pprint({"text": "some words that go on and on " * 4})
pprint.pprint({3, 1, 2})
pprint.pprint({f"key number {n}" for n in range(8)})
pprint.pprint((1,))
pprint.pprint([("a" * 30, "b" * 30), ("c" * 30, "d" * 30)])
@dataclass
class Job:
    name: str
    numbers: list
pprint.pprint(Job("x" * 40, list(range(20))))
loop = [1]
loop.append(loop)
print(pprint.pformat(loop).startswith("[1, <Recursion on list with id="))
pprint.pprint({1: "a", "b": 2, None: 3}, width=10)

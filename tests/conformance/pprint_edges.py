# pprint: widths, nesting, depth, strings, sorted keys.
import pprint
from collections import OrderedDict, defaultdict, deque, Counter
from types import SimpleNamespace
from dataclasses import dataclass

@dataclass
class Point:
    x: int
    name: str = "a name"

data = {"zeta": list(range(30)), "alpha": {"inner": ("x" * 30, "y" * 40), "set": {3, 1, 2}}, 5: None}
pprint.pprint({k: v for k, v in data.items() if k != 5})
pprint.pprint({"b": 1, "a": 2}, sort_dicts=False)
pprint.pprint(list("abc") * 10, width=30, compact=True)
pprint.pprint([[1, [2, [3, [4]]]]], depth=2)
pprint.pprint("a long text that goes on and on " * 4, width=40)
pprint.pprint([Point(1), Point(2, "b" * 70)])
pprint.pprint(OrderedDict([("one", 1), ("two", "x" * 70)]))
pprint.pprint(defaultdict(list, {"k" * 30: ["v" * 30], "l" * 20: []}))
pprint.pprint(deque(range(3)))
pprint.pprint(Counter("aab"))
pprint.pprint((1,)), pprint.pprint(()), pprint.pprint({})
pprint.pprint({"nested": {"deeper": {"deepest": ["item one is long", "item two is long", "item three is long"]}}}, indent=4, width=50)
print(pprint.pformat([1, "a"]), pprint.isreadable([1]), pprint.saferepr({"b": 1, "a": 2}))
pprint.pp({"b": 1, "a": [1, 2]})
loop = [1]
loop.append(loop)
print(pprint.isrecursive(loop), pprint.pformat(loop).startswith("[1, <Recursion on list"))
pprint.pprint(b"bytes " * 20, width=40)
pprint.pprint({(1, "b"): 1, (1, "a"): 2})

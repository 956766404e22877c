# collections: defaultdict, Counter, OrderedDict, ChainMap.
from collections import defaultdict, Counter, OrderedDict, ChainMap
import collections

groups = defaultdict(list)
for word in "apple avocado banana blueberry cherry".split():
    groups[word[0]].append(word)
print(groups, dict(groups), groups["z"], len(groups), "q" in groups, groups.get("q"))
counts = defaultdict(int, {"a": 1})
counts["b"] += 2
print(counts, sorted(counts.items()), counts == {"a": 1, "b": 2}, counts.default_factory, repr(defaultdict(lambda: 1)["k"]))
nested = defaultdict(lambda: defaultdict(int))
nested["x"]["y"] += 1
print(nested["x"]["y"], isinstance(nested, dict), counts.copy())
try:
    defaultdict()["k"]
except KeyError as error:
    print("KeyError", error)
try:
    defaultdict(3)
except TypeError as error:
    print(error)
c = Counter("mississippi")
print(c, c["s"], c["z"], c.most_common(2), sum(c.values()), c.total(), sorted(c.elements()))
c.update("miss")
c["p"] -= 5
print(c, +c, Counter(a=3) + Counter(a=1, b=2), Counter(a=3) - Counter(a=1, b=2), Counter("ab") & Counter("bc"), Counter("ab") | Counter("bc"))
c.subtract({"m": 1})
print(c["m"], Counter([1, 1, 2]) == Counter({1: 2, 2: 1}), Counter(), Counter(x=1) <= Counter(x=2), list(Counter("cab")))
del c["nothing"]
o = OrderedDict(a=1, b=2, c=3)
o.move_to_end("a")
print(o, o.popitem(), o.popitem(last=False), list(o), OrderedDict([("x", 1), ("y", 2)]) == OrderedDict([("y", 2), ("x", 1)]), o == {"c": 3})
m = ChainMap({"a": 1}, {"a": 2, "b": 3})
m["c"] = 4
print(m["a"], m["b"], sorted(m), m, m.parents, "b" in m, m.get("z", 0), len(m.new_child({"n": 1})))
print(collections.Counter(["x"]), type(groups).__name__, collections.deque([1], 2))
import json, threading
print(json.dumps(counts), json.dumps(Counter("aab")))
lock = threading.Lock()
total = Counter()
def work(name):
    for i in range(3):
        with lock:
            total[name] += i
            groups[name].append(i)
ts = [threading.Thread(target=work, args=(f"t{i}",)) for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
print(sorted(total.items()), sorted(groups["t1"]))

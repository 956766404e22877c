class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x = x; self.y = y
class Circle:
    def __init__(self, r): self.r = r
class Color:
    RED = 1; GREEN = "g"
def kind(v):
    match v:
        case None: return "none"
        case True | False: return f"bool {v}"
        case 0: return "zero"
        case Color.RED: return "red"
        case int(n) if n < 0: return f"negative {n}"
        case int() | float(): return f"number {v}"
        case "": return "empty"
        case str(s): return f"str {s}"
        case []: return "empty list"
        case [x]: return f"one {x}"
        case [Point(x, y), *rest]: return f"points {x} {y} {len(rest)}"
        case (a, b): return f"pair {a} {b}"
        case [first, *_, last]: return f"seq {first}..{last}"
        case {"type": "move", "to": (x, y)}: return f"move {x} {y}"
        case {"type": str(t), **rest}: return f"{t} {sorted(rest.items())}"
        case {}: return "mapping"
        case Point(x=0, y=0): return "origin"
        case Point(0, y): return f"y axis {y}"
        case Point(x, y=yy) as p if x == yy: return f"diagonal {p.x}"
        case Point(): return "point"
        case Circle(r=r): return f"circle {r}"
        case set() | frozenset(): return "set"
        case _: return "other"
for v in (None, True, False, 0, 1, -5, 3.5, 12, "", "hi", [], [1], [Point(1, 2), 3, 4], (1, 2), [1, 2, 3, 4], (1, 2, 3),
          {"type": "move", "to": (3, 4)}, {"type": "quit", "a": 1, "b": 2}, {"x": 1}, Point(0, 0), Point(0, 7), Point(5, 5),
          Point(1, 9), Circle(3), {1, 2}, frozenset(), object(), b"x", range(2)):
    print(kind(v))
def cmd(text):
    match text.split():
        case ["go", ("north" | "south") as d]: return f"going {d}"
        case ["pick", "up", *items] if items: return f"items {items}"
        case ["quit" | "exit"]: return "bye"
        case [action, obj]: return f"{action}->{obj}"
        case other: return f"? {other}"
for t in ("go north", "go up", "pick up a b", "pick up", "exit", "x"): print(cmd(t))
class Node:
    __match_args__ = ("left", "right")
    def __init__(self, left=None, right=None): self.left, self.right = left, right
def depth(n):
    match n:
        case None: return 0
        case Node(l, r): return 1 + max(depth(l), depth(r))
print(depth(Node(Node(), Node(Node(Node())))))
try:
    match 5:
        case int(a, b): pass
except TypeError as e: print(e)
try:
    match Circle(1):
        case Circle(a): pass
except TypeError as e: print(e)
match {"a": 1, "b": {"c": [1, {"d": 2}]}}:
    case {"b": {"c": [_, {"d": d}]}}: print("deep", d)
match ("a", 1):
    case (str() as s, int() as i): print(s, i)
x = 5
match x:
    case 1 | 2: print("low")
    case y if y > 3: print("big", y)
match -1.5:
    case -1.5: print("neg float")
class E(Exception): __match_args__ = ("code",); code = 7
match E("m"):
    case E(7): print("E7")
class Sub(dict): pass
match Sub(k=1):
    case {"k": v}: print("sub", v)

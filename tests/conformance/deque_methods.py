# What a deque does at both of its ends, and how it prints.
from collections import deque

line = deque(["ann", "bob"])
line.append("cy")
line.appendleft("zoe")
print(line, len(line), line[0], line[-1], line[-2])
print(line.popleft(), line.pop(), line)
line.extend(["dan", "eve"])
line.extendleft(["x", "y"])
print(line)
line.rotate(2)
print(line)
line.rotate(-3)
print(list(line))
line.remove("x")
line.insert(1, "mid")
line.reverse()
print(line, line.index("mid"), line.count("bob"), "eve" in line, "nobody" in line)
line[0] = "first"
del line[1]
print(line, bool(line), bool(deque()))

last = deque(maxlen=3)
for number in range(5):
    last.append(number)
    print(last)
last.appendleft("new")
print(last, last.maxlen, deque().maxlen)
last += [7, 8]
print(last, last.copy() == last, last == deque([7, 8]), last != deque())
print(deque("ab") + deque("cd"), deque([1]) * 3, deque([1, 2]) < deque([1, 3]))
print(list(reversed(deque([1, 2, 3]))), sum(deque([1, 2, 3])), [x * 2 for x in deque([1, 2])])
print(deque((n * n for n in range(4)), 2), deque({"k": 1}), sorted(deque([3, 1, 2])))
nested = deque([1, [2], deque([3])])
nested.append(nested)
print(nested)
last.clear()
print(last, isinstance(last, deque), type(last).__name__, deque)

for wrong in (
    lambda: deque().pop(),
    lambda: deque().popleft(),
    lambda: deque([1])[3],
    lambda: deque([1]).remove(2),
    lambda: deque([1]).index(2),
    lambda: deque([1], maxlen=-1),
    lambda: deque([1], maxlen=1).insert(0, 2),
    lambda: deque(5),
    lambda: deque([1])[0:1],
    lambda: deque([1]) + [2],
    lambda: {deque(): 1},
    lambda: deque().push(1),
):
    try:
        print(wrong())
    except Exception as error:
        print(type(error).__name__, error)

changing = deque([1, 2, 3])
try:
    for item in changing:
        changing.append(item)
except RuntimeError as error:
    print(error)

# Chained comparison, boolean operators, conditional expressions, identity.
def say(value):
    print("asked", value)
    return value


print(1 < 2 < 3, 1 < 3 < 2, 1 < 2 > 0 != 5, 3 > 2 == 2)
print(0 < say(5) < 3 < say(9))
print(say(0) or say("b"), say(1) and say(""), not say(None))
print(None or 0, [] and 1, "" or "default", 1 and 2 and 3, 0 or False)
x = None
print(x is None, x is not None, "big" if 5 > 3 else "small", 1 if 0 else 2 if 0 else 3)
print("a" in "abc", 4 not in [1, 2], "k" in {"k": 1}, [] == [], [] is [], (1, 2) == (1, 2), "1" == 1, None == 0)
if x:
    print("no")
elif not x and 2 > 1:
    print("elif")
else:
    print("no")
while (n := len("abc")) > 5:
    pass
print(n)

# for and while with else, break and continue.
def find(wanted, items):
    for index, item in enumerate(items):
        if item == wanted:
            print("found at", index)
            break
    else:
        print(wanted, "is not there")


find(2, [1, 2, 3])
find(9, [1, 2, 3])

n = 3
while n:
    n -= 1
    if n == 1:
        continue
    print("n", n)
else:
    print("ran out")

while True:
    n += 1
    if n > 2:
        break
else:
    print("never printed")

for a in range(3):
    for b in range(3):
        if b == a:
            break
        print(a, b)

for left in []:
    pass
else:
    print("empty", list(range(5, 0, -2)), list(range(2, 2)), 3 in range(0, 9, 3), len(range(0, 10, 3)))

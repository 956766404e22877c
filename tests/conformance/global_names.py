# global, builtins shadowed, and names that are not there.
total = 0


def add(amount):
    global total, last
    total += amount
    last = amount


add(3)
add(4)
print(total, last)


def shadow():
    total = "local"
    return total


print(shadow(), total)


def too_early():
    print(count)
    count = 1


for attempt in (too_early, lambda: missing):
    try:
        attempt()
    except NameError as error:
        print(type(error).__name__, error)

len = lambda thing: "mine"
print(len([1, 2]))
del len
print(len([1, 2]))

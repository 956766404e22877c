# In a comprehension a name of the function around it is a free variable; the first iterable stands outside.
def attempt(function):
    try:
        print(function())
    except NameError as error:
        print(type(error).__name__, error)


def element(flag=False):
    if flag:
        late = 1
    return [late + n for n in range(2)]


def condition(flag=False):
    if flag:
        late = 1
    return {n: n for n in range(2) if late}


def first(flag=False):
    if flag:
        late = []
    return {n for n in late}


def second(flag=False):
    if flag:
        late = []
    return [m for n in range(2) for m in late]


def inner(flag=False):
    if flag:
        late = []
    return [[late for _ in late] for _ in range(2)]


def captured(flag=False):
    if flag:
        late = 1
    show = lambda: late
    print([late for n in ()])
    return [late for n in range(2)]


def generator(flag=False):
    if flag:
        late = 1
    return list(late for n in range(2))


def own():
    return [n for n in range(2) if n or m for m in (n,)]


for function in (element, condition, first, second, inner, captured, generator, own):
    attempt(function)
print(element(True), condition(True), second(True))

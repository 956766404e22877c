# Inner functions keep the variables around them.
def counter(start):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    return step


first, second = counter(0), counter(10)
print(first(), first(), second(), first(5), second(by=-1))

late = [lambda: i for i in range(3)]
early = [lambda i=i: i for i in range(3)]
print([f() for f in late], [f() for f in early])


def outer():
    value = "outer"

    def middle():
        def inner():
            return value + " seen from inner"

        return inner

    get = middle()
    value = "changed"
    return get()


print(outer())

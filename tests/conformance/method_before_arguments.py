# A method is looked up before the arguments of its call are evaluated.
def told(value):
    print("argument", value)
    return value


class Plain:
    def hello(self, name, greeting="hello"):
        return f"{greeting} {name}"


class Computed:
    @property
    def act(self):
        print("property")
        return lambda *values, **named: (values, named)

    def __getattr__(self, name):
        print("missing", name)
        if name == "nothing":
            raise AttributeError(name)
        return lambda value: (name, value)


def attempt(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


plain, computed = Plain(), Computed()
attempt(lambda: plain.nothing(told(1)))
attempt(lambda: (5).append(told(2)))
attempt(lambda: [].push(told(3), key=told(4)))
attempt(lambda: None.run(told(5)))
attempt(lambda: computed.act(told(6), key=told(7)))
attempt(lambda: computed.other(told(8)))
attempt(lambda: computed.nothing(told(9)))
attempt(lambda: Plain.missing(told(10)))
attempt(lambda: plain.hello(told("a"), told("b"), told("c")))
attempt(lambda: plain.hello(told("a"), name=told("b")))
attempt(lambda: plain.hello(greeting=told("hi"), name=told("b")))


def swap(value):
    Plain.hello = lambda self, name: f"another {name}"
    return value


# The method of before is called, whatever the arguments do to the class.
print(plain.hello(swap("x")))
print(plain.hello("y"))

plain.hook = lambda value: ("first", value)


def rehook(value):
    plain.hook = lambda value: ("second", value)
    return value


print(plain.hook(rehook(1)), plain.hook(2))

items = [1]
items.append(items.pop() + len(items))
print(items)

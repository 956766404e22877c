# What a class has of its metaclass: methods, an `__init__`, special methods.
class Registry(type):
    known = []

    def __init__(cls, name, bases, body):
        super().__init__(name, bases, body)
        cls.known.append(name)
        cls.order = len(cls.known)

    def describe(cls):
        return f"{cls.__name__}: {cls.order}"

    def __len__(cls):
        return cls.order

    def __contains__(cls, item):
        return isinstance(item, cls)

    def __iter__(cls):
        yield from cls.known


class Plugin(metaclass=Registry):
    pass


class Reader(Plugin):
    def read(self):
        return type(self).describe()


print(Registry.known, Plugin.describe(), Reader.describe(), Reader().read())
print(len(Reader), Reader() in Plugin, Plugin() in Reader, list(Reader))
print(type(Reader).__name__, Reader.__class__ is Registry, type.__call__(Plugin).__class__.__name__)
try:
    Reader().describe()
except AttributeError as error:
    print(error)

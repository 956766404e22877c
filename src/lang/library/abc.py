# Abstract classes. Whether a class can be instantiated is the machine's to say: it looks at `__abstractmethods__`.


def abstractmethod(function):
    function.__isabstractmethod__ = True
    return function


def _is_abstract(value):
    if isinstance(value, property):
        return _is_abstract(value.fget) or _is_abstract(value.fset)
    if isinstance(value, (staticmethod, classmethod)):
        return _is_abstract(value.__func__)
    return getattr(value, "__isabstractmethod__", False)


# Whether what a class inherits under that name is still abstract.
def _remains(cls, name):
    for ancestor in cls.__mro__[:-1]:
        body = getattr(ancestor, "__dict__", ())
        if name in body:
            return _is_abstract(body[name])
    return False


def update_abstractmethods(cls):
    body = cls.__dict__
    names = [name for name, value in body.items() if _is_abstract(value)]
    for base in cls.__bases__:
        for name in getattr(base, "__abstractmethods__", ()):
            if name not in names and name not in body and _remains(cls, name):
                names.append(name)
    setattr(cls, "__abstractmethods__", (*sorted(names),))
    return cls


class _Registering:
    def register(cls, subclass):
        if cls not in _registered:
            _registered[cls] = []
        _registered[cls].append(subclass)
        return subclass

    def __instancecheck__(cls, value):
        return cls.__metaclass__.__subclasscheck__(cls, type(value))

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        decide = getattr(cls, "__subclasshook__", None)
        if decide is not None:
            answer = decide(subclass)
            if answer is not NotImplemented:
                return answer
        for known in _registered.get(cls, ()):
            if issubclass(subclass, known):
                return True
        return False


_registered = {}


class ABC:
    __metaclass__ = _Registering

    @classmethod
    def register(cls, subclass):
        return _Registering.register(cls, subclass)

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        update_abstractmethods(cls)


# What a class statement names as its metaclass counts as one more base.
ABCMeta = ABC

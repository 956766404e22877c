# The interfaces of containers: what has the methods of one is an instance of it, and what inherits from one gets the rest of
# its methods from those that it must define.

from abc import ABC as _ABC, abstractmethod as _abstractmethod

_function = type(lambda: None)
# What the type of a value must have to be an instance.
_needs = {}


def _has(subclass, names):
    for name in names:
        found = getattr(subclass, name, None)
        if found is None:
            return False
    return True


class _Interface:
    def __instancecheck__(cls, value):
        return _Interface.__subclasscheck__(cls, type(value))

    def __subclasscheck__(cls, subclass):
        if cls in subclass.__mro__:
            return True
        for known in _registered.get(cls, ()):
            if issubclass(subclass, known):
                return True
        if cls is Hashable and issubclass(subclass, (list, dict, set)):
            return False
        if cls in _needs:
            return _has(subclass, _needs[cls])
        return False


class _Base(_ABC):
    __metaclass__ = _Interface

    @classmethod
    def __class_getitem__(cls, index):
        return cls

    @classmethod
    def register(cls, subclass):
        _registered[cls] = (*_registered.get(cls, ()), subclass)
        return subclass


class Hashable(_Base):
    @_abstractmethod
    def __hash__(self):
        return 0


class Callable(_Base):
    @_abstractmethod
    def __call__(self, *arguments, **keywords):
        return False


class Sized(_Base):
    @_abstractmethod
    def __len__(self):
        return 0


class Container(_Base):
    @_abstractmethod
    def __contains__(self, value):
        return False


class Iterable(_Base):
    @_abstractmethod
    def __iter__(self):
        return iter(())


class Iterator(Iterable):
    @_abstractmethod
    def __next__(self):
        raise StopIteration

    def __iter__(self):
        return self


class Generator(Iterator):
    def __next__(self):
        return self.send(None)

    @_abstractmethod
    def send(self, value):
        raise StopIteration

    @_abstractmethod
    def throw(self, kind, value=None, traceback=None):
        raise StopIteration


class Reversible(Iterable):
    @_abstractmethod
    def __reversed__(self):
        return iter(())


class Collection(Sized, Iterable, Container):
    pass


class Sequence(Reversible, Collection):
    @_abstractmethod
    def __getitem__(self, index):
        raise IndexError

    def __iter__(self):
        index = 0
        try:
            while True:
                yield self[index]
                index += 1
        except IndexError:
            return

    def __contains__(self, value):
        for item in self:
            if item is value or item == value:
                return True
        return False

    def __reversed__(self):
        for index in range(len(self) - 1, -1, -1):
            yield self[index]

    def index(self, value, start=0, stop=None):
        last = len(self) if stop is None else stop
        for index in range(start, last):
            if self[index] is value or self[index] == value:
                return index
        raise ValueError

    def count(self, value):
        return sum([1 for item in self if item is value or item == value])


class MutableSequence(Sequence):
    @_abstractmethod
    def __setitem__(self, index, value):
        raise IndexError

    @_abstractmethod
    def __delitem__(self, index):
        raise IndexError

    @_abstractmethod
    def insert(self, index, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in [*values]:
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def clear(self):
        while len(self):
            self.pop()

    def __iadd__(self, values):
        self.extend(values)
        return self


class Set(Collection):
    @classmethod
    def _from_iterable(cls, iterable):
        return cls(iterable)

    def __le__(self, other):
        return len(self) <= len(other) and all([item in other for item in self])

    def __lt__(self, other):
        return len(self) < len(other) and self <= other

    def __ge__(self, other):
        return len(self) >= len(other) and all([item in self for item in other])

    def __gt__(self, other):
        return len(self) > len(other) and self >= other

    def __eq__(self, other):
        return len(self) == len(other) and self <= other

    def __and__(self, other):
        return self._from_iterable([item for item in other if item in self])

    def __or__(self, other):
        return self._from_iterable([*self, *other])

    def __sub__(self, other):
        return self._from_iterable([item for item in self if item not in other])

    def isdisjoint(self, other):
        return not any([item in self for item in other])


class MutableSet(Set):
    @_abstractmethod
    def add(self, value):
        raise NotImplementedError

    @_abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def clear(self):
        for value in [*self]:
            self.discard(value)


class Mapping(Collection):
    @_abstractmethod
    def __getitem__(self, key):
        raise KeyError

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return [key for key in self]

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())


class MutableMapping(Mapping):
    @_abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @_abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def clear(self):
        while len(self):
            self.popitem()

    def update(self, other=(), /, **keywords):
        for key, value in dict(other).items():
            self[key] = value
        for key, value in keywords.items():
            self[key] = value

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default


_needs[Hashable] = ("__hash__",)
_needs[Callable] = ("__call__",)
_needs[Sized] = ("__len__",)
_needs[Container] = ("__contains__",)
_needs[Iterable] = ("__iter__",)
_needs[Iterator] = ("__iter__", "__next__")
_needs[Generator] = ("__iter__", "__next__", "send", "throw", "close")
_needs[Reversible] = ("__iter__", "__reversed__")
_needs[Collection] = ("__len__", "__iter__", "__contains__")
_registered = {
    Callable: (type, _function, type(len), type([].append), type(Hashable.register)),
    Sequence: (tuple, str, bytes, range, list),
    MutableSequence: (list,),
    Set: (set, frozenset, type({}.keys()), type({}.items())),
    MutableSet: (set,),
    Mapping: (dict,),
    MutableMapping: (dict,),
    Sized: (list, tuple, str, bytes, range, dict, set, frozenset),
    Iterable: (list, tuple, str, bytes, range, dict, set, frozenset, type(iter(())), type(x for x in ())),
    Iterator: (type(iter(())), type(x for x in ())),
    Generator: (type(x for x in ()),),
}

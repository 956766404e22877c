# What `typing` makes at run time. Annotations are not evaluated, so most of it is there to be named.

from collections import _NamedTuple, _furnish
from abc import ABC as _ABC


# What may be named with something in brackets behind it, and means nothing by itself.
class _Form:
    def __init__(self, name):
        self._name = name

    def __getitem__(self, index):
        return self

    def __call__(self, *arguments, **keywords):
        raise TypeError(f"Cannot instantiate typing.{self._name}")

    def __or__(self, other):
        return self

    def __ror__(self, other):
        return self

    def __repr__(self):
        return f"typing.{self._name}"


Annotated = _Form("Annotated")
Awaitable = _Form("Awaitable")
Concatenate = _Form("Concatenate")
Literal = _Form("Literal")
LiteralString = _Form("LiteralString")
Never = _Form("Never")
NoReturn = _Form("NoReturn")
Self = _Form("Self")
Type = _Form("Type")
TypeAlias = _Form("TypeAlias")
TypeGuard = _Form("TypeGuard")
AbstractSet = _Form("AbstractSet")
AsyncGenerator = _Form("AsyncGenerator")
AsyncIterable = _Form("AsyncIterable")
AsyncIterator = _Form("AsyncIterator")
BinaryIO = _Form("BinaryIO")
ByteString = _Form("ByteString")
ChainMap = _Form("ChainMap")
ContextManager = _Form("ContextManager")
Coroutine = _Form("Coroutine")
IO = _Form("IO")
ItemsView = _Form("ItemsView")
KeysView = _Form("KeysView")
MappingView = _Form("MappingView")
Match = _Form("Match")
MutableSet = _Form("MutableSet")
NotRequired = _Form("NotRequired")
OrderedDict = _Form("OrderedDict")
Pattern = _Form("Pattern")
Required = _Form("Required")
Reversible = _Form("Reversible")
SupportsAbs = _Form("SupportsAbs")
SupportsFloat = _Form("SupportsFloat")
SupportsIndex = _Form("SupportsIndex")
SupportsInt = _Form("SupportsInt")
SupportsRound = _Form("SupportsRound")
TextIO = _Form("TextIO")
Unpack = _Form("Unpack")
ValuesView = _Form("ValuesView")
ForwardRef = _Form
TypeVarTuple = _Form
Collection = _Form("Collection")
Container = _Form("Container")
Counter = _Form("Counter")
DefaultDict = _Form("DefaultDict")
Deque = _Form("Deque")
FrozenSet = _Form("FrozenSet")
Generator = _Form("Generator")
Hashable = _Form("Hashable")
Mapping = _Form("Mapping")
MutableMapping = _Form("MutableMapping")
MutableSequence = _Form("MutableSequence")
ParamSpec = _Form
Sequence = _Form("Sequence")
Sized = _Form("Sized")
TYPE_CHECKING = False
Text = str
AnyStr = _Form("AnyStr")


class NamedTuple(_NamedTuple):
    def __init_subclass__(cls, **keywords):
        if NamedTuple not in cls.__bases__:
            return
        names = [*cls.__annotations__]
        body = cls.__dict__
        defaults = {}
        for name in names:
            if name in body:
                defaults[name] = body[name]
            elif defaults:
                before = [*defaults][-1]
                message = f"Non-default namedtuple field {name} cannot follow default field {before}"
                raise TypeError(message)
        _furnish(cls, (*names,), defaults)

        def __setattr__(self, name, value):
            if type(self) is cls:
                if name in cls._fields:
                    raise AttributeError("can't set attribute")
                raise AttributeError(f"{cls.__name__!r} object has no attribute {name!r}")
            object.__setattr__(self, name, value)

        setattr(cls, "__setattr__", __setattr__)


class TypedDict(dict):
    def __init_subclass__(cls, total=True, **keywords):
        pass

    def __new__(cls, /, *arguments, **keywords):
        return dict(*arguments, **keywords)


class _ProtocolType:
    def __instancecheck__(cls, value):
        return _ProtocolType._follows(cls, type(value), value)

    def __subclasscheck__(cls, subclass):
        return _ProtocolType._follows(cls, subclass, subclass)

    def _follows(cls, kind, value):
        if cls in kind.__mro__:
            return True
        if Protocol not in cls.__bases__:
            return False
        if cls not in _checkable:
            raise TypeError("Instance and class checks can only be used with @runtime_checkable protocols")
        for ancestor in cls.__mro__:
            if ancestor is Protocol:
                break
            for name in [*ancestor.__dict__, *ancestor.__annotations__]:
                if name in ("__module__", "__doc__", "__abstractmethods__", "__qualname__", "__init__"):
                    continue
                if not hasattr(value, name):
                    return False
        return True


class Protocol(_ABC):
    __metaclass__ = _ProtocolType

    @classmethod
    def __class_getitem__(cls, index):
        return cls

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        if Protocol in cls.__bases__:
            _protocols.append(cls)

    def __new__(cls, *arguments, **keywords):
        if Protocol in cls.__bases__:
            raise TypeError("Protocols cannot be instantiated")
        return object.__new__(cls)


_protocols = []
_checkable = []


def runtime_checkable(cls):
    _checkable.append(cls)
    return cls


def final(thing):
    return thing


def overload(function):
    def overloaded(*arguments, **keywords):
        raise NotImplementedError("You should not call an overloaded function.")

    return overloaded


def no_type_check(thing):
    return thing


class NewType:
    def __init__(self, name, tp):
        self.__name__ = name
        self.__supertype__ = tp

    def __call__(self, value, /):
        return value

    def __repr__(self):
        return f"__main__.{self.__name__}"


def get_type_hints(thing):
    return dict(thing.__annotations__)


def assert_never(arg, /):
    raise AssertionError(f"Expected code to be unreachable, but got: {arg!r}")


def assert_type(val, typ, /):
    return val


def reveal_type(obj, /):
    from sys import stderr as _stderr

    _stderr.write(f"Runtime type is {type(obj).__name__!r}\n")
    return obj

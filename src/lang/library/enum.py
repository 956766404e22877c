# Enumerations. What stands for the class of an enumeration is `EnumType`: the machine asks it about the class itself.

_function = type(lambda: None)
_descriptors = (_function, property, staticmethod, classmethod)


# Which value it stands for is known once its enumeration is made.
class auto:
    def __init__(self):
        self._meant = None

    def __or__(self, other):
        return _Together(self, other, lambda a, b: a | b)

    def __ror__(self, other):
        return _Together(other, self, lambda a, b: a | b)

    def __and__(self, other):
        return _Together(self, other, lambda a, b: a & b)

    def __invert__(self):
        return _Together(self, None, lambda a, _: ~a)


class _Together(auto):
    def __init__(self, left, right, combine):
        self._left = left
        self._right = right
        self._combine = combine


def _meaning(value):
    if isinstance(value, _Together):
        return value._combine(_meaning(value._left), _meaning(value._right))
    return value._meant if isinstance(value, auto) else value


class nonmember:
    def __init__(self, value):
        self.value = value


class EnumType:
    def __call__(cls, value, names=None, *, start=1):
        if names is not None:
            raise TypeError("raddle makes enumerations by class statements only")
        found = _member_of(cls, value)
        if found is not None:
            return found
        result = cls._missing_(value)
        if result is not None:
            return result
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def __iter__(cls):
        for member in cls._members_:
            yield member

    def __reversed__(cls):
        return reversed(cls._members_)

    def __len__(cls):
        return len(cls._members_)

    def __bool__(cls):
        return True

    def __getattr__(cls, name):
        raise AttributeError(name)

    def __setattr__(cls, name, value):
        if name in cls.__members__:
            raise AttributeError(f"cannot reassign member {name!r}")
        object.__setattr__(cls, name, value)

    def __delattr__(cls, name):
        if name in cls.__members__:
            raise AttributeError(f"{cls.__name__!r} cannot delete member {name!r}.")
        object.__delattr__(cls, name)

    def __getitem__(cls, name):
        return cls.__members__[name]

    def __contains__(cls, member):
        if not isinstance(member, Enum):
            kinds = (type(member).__qualname__, cls.__class__.__qualname__)
            raise TypeError(f"unsupported operand type(s) for 'in': '{kinds[0]}' and 'EnumType'")
        return type(member) is cls

    def __repr__(cls):
        kind = "flag" if Flag in cls.__mro__ else "enum"
        return f"<{kind} '{cls.__name__}'>"


EnumMeta = EnumType


def _member_of(cls, value):
    if type(value) is cls:
        return value
    try:
        if value in cls._by_value_:
            return cls._by_value_[value]
    except TypeError:
        pass
    for member in cls.__members__.values():
        if member._value_ == value:
            return member
    return None


def _is_member(name, value):
    if name.startswith("_") and (name.endswith("_") or name.startswith("__")):
        return False
    return not isinstance(value, _descriptors) and not hasattr(type(value), "__get__")


def _data_type(cls):
    for base in (int, str, float, bytes, tuple):
        if issubclass(cls, base):
            return base
    return None


def _populate(cls):
    if not hasattr(cls, "__members__") or cls.__members__:
        for base in cls.__mro__[1:]:
            if getattr(base, "__members__", None):
                raise TypeError(f"<enum '{cls.__name__}'> cannot extend <enum '{base.__name__}'>")
    data = _data_type(cls)
    new = None
    init = None
    for ancestor in cls.__mro__:
        if ancestor is Enum:
            break
        body = getattr(ancestor, "__dict__", ())
        if new is None and "__new__" in body:
            new = ancestor.__new__
        if init is None and "__init__" in body:
            init = body["__init__"]
    by_name = {}
    by_value = {}
    members = []
    given = []
    for name, value in cls.__dict__.items():
        if isinstance(value, nonmember):
            setattr(cls, name, value.value)
            continue
        if not _is_member(name, value):
            continue
        if isinstance(value, _Together):
            value = _meaning(value)
        elif isinstance(value, auto):
            made = cls._generate_next_value_(name, 1, len(members), given)
            value._meant = made
            value = made
        given.append(value)
        known = None
        for member in members:
            if member._value_ == value:
                known = member
        if known is None:
            arguments = value if isinstance(value, tuple) else (value,)
            if new is not None:
                known = new(cls, *arguments)
                if not hasattr(known, "_value_"):
                    known._value_ = value
            elif data is not None:
                known = data.__new__(cls, *arguments)
                known._value_ = data(*arguments)
            else:
                known = object.__new__(cls)
                known._value_ = value
            known._name_ = name
            known._sort_order_ = len(members)
            if init is not None:
                init(known, *arguments)
            if not issubclass(cls, Flag) or _is_single(known._value_):
                members.append(known)
            by_value[_hashable(known._value_)] = known
        by_name[name] = known
        setattr(cls, name, known)
    setattr(cls, "__members__", by_name)
    setattr(cls, "_members_", members)
    setattr(cls, "_by_value_", by_value)


def _hashable(value):
    try:
        hash(value)
    except TypeError:
        return repr(value)
    return value


def _is_single(value):
    return value > 0 and value & (value - 1) == 0


class Enum:
    __metaclass__ = EnumType
    __members__ = {}
    _members_ = []

    def __init_subclass__(cls, **keywords):
        super().__init_subclass__(**keywords)
        _populate(cls)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        highest = start - 1
        for value in last_values:
            if isinstance(value, int) and value > highest:
                highest = value
        return highest + 1

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @name.setter
    def name(self, _):
        raise AttributeError("<enum 'Enum'> cannot set attribute 'name'")

    @property
    def value(self):
        return self._value_

    @value.setter
    def value(self, _):
        raise AttributeError("<enum 'Enum'> cannot set attribute 'value'")

    def __repr__(self):
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{type(self).__name__}.{self._name_}"

    def __format__(self, specification):
        return format(str(self), specification)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return self is other or NotImplemented

    def __copy__(self):
        return self

    def __deepcopy__(self, memo):
        return self


class IntEnum(int, Enum):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, specification):
        return format(self._value_, specification)

    def __eq__(self, other):
        return self._value_ == other

    def __hash__(self):
        return hash(self._value_)


class StrEnum(str, Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()

    def __str__(self):
        return self._value_

    def __format__(self, specification):
        return format(self._value_, specification)

    def __eq__(self, other):
        return self._value_ == other

    def __hash__(self):
        return hash(self._value_)


def _bits(value):
    bit = 1
    while bit <= value:
        if value & bit:
            yield bit
        bit <<= 1


class Flag(Enum):
    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        highest = 0
        for value in last_values:
            if value > highest:
                highest = value
        bit = 1
        while bit <= highest:
            bit <<= 1
        return bit

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        every = 0
        for member in cls._members_:
            every |= member._value_
        if value < 0:
            value = every + 1 + value if every + 1 + value >= 0 else value & every
        if value & ~every:
            raise ValueError(f"{value} is not a valid {cls.__qualname__}")
        known = cls._by_value_.get(value)
        if known is None:
            known = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
            known._value_ = value
            known._sort_order_ = 0
            names = [member._name_ for member in cls._members_ if value & member._value_]
            known._name_ = "|".join(names) if names else None
            cls._by_value_[value] = known
        return known

    def __iter__(self):
        for member in type(self)._members_:
            if self._value_ & member._value_:
                yield member

    def __len__(self):
        return len([*_bits(self._value_)])

    def __bool__(self):
        return self._value_ != 0

    def __contains__(self, other):
        if type(other) is not type(self):
            kinds = f"'{type(other).__qualname__}' and '{type(self).__qualname__}'"
            raise TypeError(f"unsupported operand type(s) for 'in': {kinds}")
        return other._value_ & self._value_ == other._value_

    def _other(self, other):
        if type(other) is type(self):
            return other._value_
        if isinstance(self, int) and isinstance(other, int):
            return int(other)
        return None

    def __or__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ | value)

    def __and__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ & value)

    def __xor__(self, other):
        value = self._other(other)
        return NotImplemented if value is None else type(self)(self._value_ ^ value)

    def __invert__(self):
        every = 0
        for member in type(self)._members_:
            every |= member._value_
        return type(self)(every & ~self._value_)

    def __repr__(self):
        if self._name_ is None:
            return f"<{type(self).__name__}: {self._value_!r}>"
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        if self._name_ is None:
            return f"{type(self).__name__}({self._value_!r})"
        return f"{type(self).__name__}.{self._name_}"

    def __hash__(self):
        return hash(self._value_)

    def __eq__(self, other):
        return self is other or NotImplemented


class IntFlag(int, Flag):
    def __str__(self):
        return int.__repr__(self._value_)

    def __format__(self, specification):
        return format(self._value_, specification)

    def __eq__(self, other):
        return self._value_ == other

    def __hash__(self):
        return hash(self._value_)


def unique(enumeration):
    doubles = []
    for name, member in enumeration.__members__.items():
        if name != member._name_:
            doubles.append(f"{name} -> {member._name_}")
    if doubles:
        raise ValueError(f"duplicate values found in {enumeration!r}: {', '.join(doubles)}")
    return enumeration

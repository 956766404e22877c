# Classes whose methods follow from what they annotate.
#
# What a generated `__init__` stores counts as stored by an `__init__`: the compiler knows the decorator by its name.

from copy import deepcopy as _deepcopy

_Text = type("")


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


class _KeywordOnly:
    pass


MISSING = _Missing()
KW_ONLY = _KeywordOnly()


class FrozenInstanceError(AttributeError):
    pass


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self._name = None
        self._type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only

    @property
    def name(self):
        return self._name

    @property
    def type(self):
        return self._type


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
):
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_class_variable(annotation):
    if type(annotation) is not _Text:
        return False
    return annotation.partition("[")[0] in ("ClassVar", "typing.ClassVar", "t.ClassVar")


# What goes to `__post_init__` and is kept nowhere.
def _is_passed_on(one):
    return type(one.type) is _Text and one.type.partition("[")[0].rpartition(".")[2] == "InitVar"


def _own_fields(cls, kw_only):
    own = []
    body = cls.__dict__
    for name, annotation in cls.__annotations__.items():
        if annotation in ("KW_ONLY", "dataclasses.KW_ONLY"):
            kw_only = True
            continue
        if _is_class_variable(annotation):
            continue
        default = body.get(name, MISSING)
        if isinstance(default, Field):
            made = default
            if made.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, made.default)
        else:
            if isinstance(default, (list, dict, set)):
                kind = type(default)
                message = f"mutable default {kind} for field {name} is not allowed: use default_factory"
                raise ValueError(message)
            made = field(default=default)
        made._name = name
        made._type = annotation
        if made.kw_only is MISSING:
            made = Field(
                made.default, made.default_factory, made.init, made.repr, made.hash, made.compare, made.metadata, kw_only
            )
            made._name = name
            made._type = annotation
        own.append(made)
    for name, value in body.items():
        if isinstance(value, Field) and name not in cls.__annotations__:
            raise TypeError(f"{name!r} is a field but has no type annotation")
    return own


def _listed(names):
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return f"{names[0]} and {names[1]}"
    return ", ".join(names[:-1]) + ", and " + names[-1]


def _has_default(one):
    return one.default is not MISSING or one.default_factory is not MISSING


def _make_init(cls, all_fields, frozen, after):
    label = f"{cls.__qualname__}.__init__()"
    positional = [one for one in all_fields if one.init and not one.kw_only]
    keyword_only = [one for one in all_fields if one.init and one.kw_only]
    accepted = {one.name for one in all_fields if one.init}
    seen_default = False
    for one in positional:
        if _has_default(one):
            seen_default = True
        elif seen_default:
            raise TypeError(f"non-default argument {one.name!r} follows default argument")

    def __init__(self, /, *arguments, **keywords):
        most = len(positional)
        if len(arguments) > most:
            least = len([one for one in positional if not _has_default(one)])
            few = "" if least == most else f"from {least + 1} to "
            plural = "" if most == 0 and not few else "s"
            count = len(arguments) + 1
            verb = "was" if count == 1 else "were"
            raise TypeError(f"{label} takes {few}{most + 1} positional argument{plural} but {count} {verb} given")
        given = {}
        for one, value in zip(positional, arguments):
            given[one.name] = value
        for name, value in keywords.items():
            if name not in accepted:
                raise TypeError(f"{label} got an unexpected keyword argument {name!r}")
            if name in given:
                raise TypeError(f"{label} got multiple values for argument {name!r}")
            given[name] = value
        for kind, group in (("positional", positional), ("keyword-only", keyword_only)):
            lacking = [repr(one.name) for one in group if one.name not in given and not _has_default(one)]
            if lacking:
                plural = "" if len(lacking) == 1 else "s"
                raise TypeError(
                    f"{label} missing {len(lacking)} required {kind} argument{plural}: {_listed(lacking)}"
                )
        passed_on = []
        for one in all_fields:
            name = one.name
            if name in given:
                value = given[name]
            elif one.default_factory is not MISSING:
                value = one.default_factory()
            elif one.default is not MISSING:
                value = one.default
            else:
                continue
            if _is_passed_on(one):
                passed_on.append(value)
            elif frozen:
                object.__setattr__(self, name, value)
            else:
                setattr(self, name, value)
        if after:
            self.__post_init__(*passed_on)

    return __init__


def _values(instance, names):
    return (*[getattr(instance, name) for name in names],)


def _add_order(cls, compared):
    def __lt__(self, other):
        if type(other) is type(self):
            return _values(self, compared) < _values(other, compared)
        return NotImplemented

    def __le__(self, other):
        if type(other) is type(self):
            return _values(self, compared) <= _values(other, compared)
        return NotImplemented

    def __gt__(self, other):
        if type(other) is type(self):
            return _values(self, compared) > _values(other, compared)
        return NotImplemented

    def __ge__(self, other):
        if type(other) is type(self):
            return _values(self, compared) >= _values(other, compared)
        return NotImplemented

    for name, function in (("__lt__", __lt__), ("__le__", __le__), ("__gt__", __gt__), ("__ge__", __ge__)):
        if name in cls.__dict__:
            message = f"Cannot overwrite attribute {name} in class {cls.__name__}. Consider using functools.total_ordering"
            raise TypeError(message)
        setattr(cls, name, function)


def _freeze(cls, names):
    def __setattr__(self, name, value):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    setattr(cls, "__setattr__", __setattr__)
    setattr(cls, "__delattr__", __delattr__)


def _process(cls, init, repr_wanted, eq, order, unsafe_hash, frozen, match_args, kw_only):
    collected = {}
    bases_frozen = []
    for base in cls.__mro__[:0:-1]:
        inherited = getattr(base, "__dataclass_fields__", None)
        if inherited is not None and "__dataclass_fields__" in base.__dict__:
            bases_frozen.append(base.__dataclass_frozen__)
            for name, one in inherited.items():
                collected[name] = one
    if bases_frozen:
        if frozen and not all(bases_frozen):
            raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
        if not frozen and any(bases_frozen):
            raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    body = cls.__dict__
    for one in _own_fields(cls, kw_only):
        collected[one.name] = one
    setattr(cls, "__dataclass_fields__", collected)
    setattr(cls, "__dataclass_frozen__", frozen)
    all_fields = [*collected.values()]
    if init:
        setattr(cls, "__init__", _make_init(cls, all_fields, frozen, hasattr(cls, "__post_init__")))
    kept = [one for one in all_fields if not _is_passed_on(one)]
    shown = [one.name for one in kept if one.repr]
    compared = [one.name for one in kept if one.compare]
    hashed = [one.name for one in kept if (one.compare if one.hash is None else one.hash)]

    def __repr__(self):
        inner = ", ".join([f"{name}={getattr(self, name)!r}" for name in shown])
        return f"{type(self).__qualname__}({inner})"

    def __eq__(self, other):
        if type(other) is type(self):
            return _values(self, compared) == _values(other, compared)
        return NotImplemented

    def __hash__(self):
        return hash(_values(self, hashed))

    if repr_wanted and "__repr__" not in body:
        setattr(cls, "__repr__", __repr__)
    own_hash = "__hash__" in body
    if eq and "__eq__" not in body:
        setattr(cls, "__eq__", __eq__)
    if order:
        if not eq:
            raise ValueError("eq must be true if order is true")
        _add_order(cls, compared)
    if frozen:
        _freeze(cls, [one.name for one in all_fields])
    if not own_hash:
        if unsafe_hash or (eq and frozen):
            setattr(cls, "__hash__", __hash__)
        elif eq:
            setattr(cls, "__hash__", None)
    if match_args and "__match_args__" not in body:
        setattr(cls, "__match_args__", (*[one.name for one in all_fields if one.init and not one.kw_only],))
    return cls


def dataclass(
    cls=None,
    /,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
):
    def decorate(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)

    return decorate if cls is None else decorate(cls)


class InitVar:
    def __class_getitem__(cls, index):
        return cls


def _fields_of(thing):
    return getattr(thing, "__dataclass_fields__", None)


def is_dataclass(thing):
    return _fields_of(thing) is not None


def fields(thing):
    known = _fields_of(thing)
    if known is None:
        raise TypeError("must be called with a dataclass type or instance")
    return (*[one for one in known.values() if not _is_passed_on(one)],)


def _instance_fields(instance, name):
    known = _fields_of(instance)
    if known is None or isinstance(instance, type):
        raise TypeError(f"{name}() should be called on dataclass instances")
    return known.values()


def _converted(value, make):
    if is_dataclass(value) and not isinstance(value, type):
        return make([(one.name, _converted(getattr(value, one.name), make)) for one in fields(value)])
    kind = type(value)
    if isinstance(value, tuple):
        items = [_converted(item, make) for item in value]
        return kind(*items) if hasattr(value, "_fields") else kind(items)
    if isinstance(value, list):
        return kind([_converted(item, make) for item in value])
    if isinstance(value, dict):
        return kind([(_converted(key, make), _converted(item, make)) for key, item in value.items()])
    return _deepcopy(value)


def asdict(instance, *, dict_factory=dict):
    _instance_fields(instance, "asdict")
    return _converted(instance, dict_factory)


def astuple(instance, *, tuple_factory=tuple):
    _instance_fields(instance, "astuple")
    return _converted(instance, lambda pairs: tuple_factory([value for _, value in pairs]))


def replace(instance, /, **changes):
    for one in _instance_fields(instance, "replace"):
        if not one.init:
            if one.name in changes:
                message = f"field {one.name} is declared with init=False, it cannot be specified with replace()"
                raise ValueError(message)
            continue
        if one.name not in changes:
            changes[one.name] = getattr(instance, one.name)
    return type(instance)(**changes)

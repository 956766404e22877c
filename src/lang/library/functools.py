# Functions made of functions.

from threading import RLock as _RLock

_missing = object()

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")
WRAPPER_UPDATES = ("__dict__",)


# The usual names are written out: the compiler knows by its name that an attribute is stored to.
def _assign(wrapper, name, value):
    match name:
        case "__module__":
            wrapper.__module__ = value
        case "__name__":
            wrapper.__name__ = value
        case "__qualname__":
            wrapper.__qualname__ = value
        case "__doc__":
            wrapper.__doc__ = value
        case _:
            setattr(wrapper, name, value)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        value = getattr(wrapped, name, _missing)
        if value is not _missing:
            _assign(wrapper, name, value)
    for name in updated:
        for key, value in getattr(wrapped, name, {}).items():
            if name != "__dict__":
                getattr(wrapper, name)[key] = value
            # Where a function was given another name, that lies among its attributes.
            elif key not in WRAPPER_ASSIGNMENTS:
                setattr(wrapper, key, value)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorate


class partial:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func):
            raise TypeError("the first argument must be callable")
        if isinstance(func, partial):
            merged = dict(func.keywords)
            merged.update(keywords)
            args, keywords, func = func.args + args, merged, func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        if not keywords:
            return self.func(*self.args, *args, **self.keywords)
        return self.func(*self.args, *args, **{**self.keywords, **keywords})

    def __repr__(self):
        given = [repr(self.func)] + [repr(value) for value in self.args]
        given += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"functools.partial({', '.join(given)})"


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        if not callable(func) and not hasattr(func, "__get__"):
            raise TypeError(f"{func!r} is not callable or a descriptor")
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, instance, owner=None):
        function = self.func
        if not isinstance(function, _function):
            found = function.__get__(instance, owner)
            return partial(found, *self.args, **self.keywords)
        if instance is not None:
            return partial(function, instance, *self.args, **self.keywords)

        def method(self, /, *args, _part=self, **keywords):
            return _part.func(self, *_part.args, *args, **{**_part.keywords, **keywords})

        return method

    def __repr__(self):
        given = [repr(self.func)] + [repr(value) for value in self.args]
        given += [f"{name}={value!r}" for name, value in self.keywords.items()]
        return f"functools.partialmethod({', '.join(given)})"


_function = type(lambda: None)


def reduce(function, iterable, initial=_missing, /):
    try:
        values = iter(iterable)
    except TypeError:
        values = None
    if values is None:
        raise TypeError("reduce() arg 2 must support iteration")
    total = initial
    if total is _missing:
        total = next(values, _missing)
        if total is _missing:
            raise TypeError("reduce() of empty iterable with no initial value")
    for value in values:
        total = function(total, value)
    return total


def cmp_to_key(mycmp):
    class K:
        def __init__(self, obj):
            self.obj = obj

        def __lt__(self, other):
            return mycmp(self.obj, other.obj) < 0

        def __gt__(self, other):
            return mycmp(self.obj, other.obj) > 0

        def __eq__(self, other):
            return mycmp(self.obj, other.obj) == 0

        def __le__(self, other):
            return mycmp(self.obj, other.obj) <= 0

        def __ge__(self, other):
            return mycmp(self.obj, other.obj) >= 0

    return K


def total_ordering(cls):
    roots = [name for name in ("__lt__", "__le__", "__gt__", "__ge__") if name in cls.__dict__]
    if not roots:
        raise ValueError("must define at least one ordering operation: < > <= >=")
    root = "__lt__" if "__lt__" in roots else roots[0] if "__le__" not in roots else "__le__"
    ask = getattr(cls, root)

    # What another comparison gives, from the one that there is: its contrary, and equality.
    def derived(contrary, equality):
        def compare(self, other):
            answer = ask(self, other)
            if answer is NotImplemented:
                return answer
            if contrary:
                answer = not answer
            if equality == "or":
                return answer or self == other
            if equality == "and not":
                return answer and self != other
            return answer

        return compare

    strict = root in ("__lt__", "__gt__")
    for name in ("__lt__", "__le__", "__gt__", "__ge__"):
        if name in roots:
            continue
        same_side = name[2] == root[2]
        if same_side:
            made = derived(False, "or" if strict else "and not")
        elif (name in ("__lt__", "__gt__")) == strict:
            made = derived(True, "and not" if strict else "or")
        else:
            made = derived(True, None)
        setattr(cls, name, made)
    return cls


class _CacheInfo(tuple):
    _fields = ("hits", "misses", "maxsize", "currsize")

    @property
    def hits(self):
        return self[0]

    @property
    def misses(self):
        return self[1]

    @property
    def maxsize(self):
        return self[2]

    @property
    def currsize(self):
        return self[3]

    def __repr__(self):
        return f"CacheInfo(hits={self[0]}, misses={self[1]}, maxsize={self[2]}, currsize={self[3]})"


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _cached(maxsize, 128, typed)

    def decorate(function):
        return _cached(function, maxsize, typed)

    return decorate


def cache(function, /):
    return _cached(function, None, False)


def _cached(function, maxsize, typed):
    lock = _RLock()
    known = {}
    counts = [0, 0]

    def wrapper(*arguments, **keywords):
        key = arguments
        if keywords:
            key = (arguments, _marker, *keywords.items())
        if typed:
            key = (key, (*[type(value) for value in arguments],), (*[type(value) for value in keywords.values()],))
        with lock:
            result = known.get(key, _missing)
            if result is not _missing:
                counts[0] += 1
                if maxsize is not None:
                    # What was used last comes last.
                    del known[key]
                    known[key] = result
                return result
            counts[1] += 1
        result = function(*arguments, **keywords)
        if maxsize == 0:
            return result
        with lock:
            if key not in known:
                if maxsize is not None and len(known) >= maxsize:
                    del known[next(iter(known))]
                known[key] = result
        return result

    def cache_info():
        with lock:
            return _CacheInfo((counts[0], counts[1], maxsize, len(known)))

    def cache_clear():
        with lock:
            known.clear()
            counts[:] = [0, 0]

    def cache_parameters():
        return {"maxsize": maxsize, "typed": typed}

    update_wrapper(wrapper, function)
    wrapper.cache_info = cache_info
    wrapper.cache_clear = cache_clear
    wrapper.cache_parameters = cache_parameters
    return wrapper


_marker = object()


class cached_property:
    def __init__(self, func):
        self.func = func
        self._attribute = None

    def __set_name__(self, owner, name):
        self._attribute = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        values = instance.__dict__
        value = values.get(self._attribute, _missing)
        if value is _missing:
            value = self.func(instance)
            values[self._attribute] = value
        return value


# The class that an annotation names.
def _meant(function, text):
    try:
        found = __global(function.__module__, text)
    except AttributeError:
        found = None
    if not isinstance(found, type):
        name = function.__name__
        raise TypeError(f"raddle does not know the type {text} of an annotation here: register it with the type")
    return found


def singledispatch(function):
    known = {object: function}

    def dispatch(kind):
        for ancestor in kind.__mro__:
            if ancestor in known:
                return known[ancestor]
        return function

    def register(kind, method=None):
        if method is None and not isinstance(kind, type):
            method = kind
            names = [name for name in method.__annotations__ if name != "return"]
            if not names:
                raise TypeError(
                    f"Invalid first argument to `register()`: {method!r}. Use either `@register(some_class)` or plain "
                    "`@register` on an annotated function."
                )
            kind = method.__annotations__[names[0]]
            if not isinstance(kind, type):
                kind = _meant(method, kind)
        if method is None:
            return lambda method: register(kind, method)
        known[kind] = method
        return method

    def wrapper(*arguments, **keywords):
        if not arguments:
            raise TypeError(f"{function.__name__} requires at least 1 positional argument")
        return dispatch(type(arguments[0]))(*arguments, **keywords)

    update_wrapper(wrapper, function)
    wrapper.dispatch = dispatch
    wrapper.register = register
    return wrapper


class singledispatchmethod:
    def __init__(self, func):
        self.dispatcher = singledispatch(func)
        self.func = func

    def register(self, cls, method=None):
        return self.dispatcher.register(cls, method)

    def __get__(self, instance, owner=None):
        dispatch = self.dispatcher.dispatch

        def method(*args, **kwargs):
            return dispatch(type(args[0])).__get__(instance, owner)(*args, **kwargs)

        return method

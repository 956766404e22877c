# Copies of values, shallow and deep.


class Error(Exception):
    pass


_function = type(lambda: None)
_whole = (bool, int, float, str, bytes, type(None), type(...), type(NotImplemented), range, type, _function, type(len))
_plain = (list, dict, set)


def _state_of(value):
    return getattr(value, "__dict__", None)


def _blank(value):
    kind = type(value)
    if isinstance(value, BaseException):
        made = kind.__new__(kind, *value.args)
        made.args = value.args
        return made
    for base in (list, dict, set):
        if isinstance(value, base):
            return base.__new__(kind)
    for base in (int, float, str, tuple, frozenset):
        if isinstance(value, base):
            return base.__new__(kind, base(value))
    return object.__new__(kind)


def _refuse(value):
    kind = type(value)
    if kind.__module__ in ("_thread", "threading", "_queue", "queue") or kind.__name__ in ("generator", "module"):
        name = kind.__name__ if kind.__module__ != "_thread" else f"_thread.{kind.__name__}"
        raise TypeError(f"cannot pickle '{name}' object")


def _slots_of(value):
    names = []
    for kind in type(value).__mro__:
        own = getattr(kind, "__slots__", ())
        names += [own] if isinstance(own, str) else own
    return [name for name in names if name != "__dict__" and hasattr(value, name)]


def copy(value):
    kind = type(value)
    if isinstance(value, _whole) and kind in _whole or kind in (tuple, frozenset):
        return value
    own = getattr(kind, "__copy__", None)
    if own is not None:
        return own(value)
    if kind in _plain or kind.__name__ == "deque" and kind.__module__ == "collections":
        return value.copy()
    if isinstance(value, type):
        return value
    _refuse(value)
    made = _blank(value)
    if isinstance(value, list):
        made.extend(value)
    elif isinstance(value, (dict, set)):
        made.update(value)
    state = _state_of(value)
    if state:
        for name, item in state.items():
            object.__setattr__(made, name, item)
    for name in _slots_of(value):
        object.__setattr__(made, name, getattr(value, name))
    return made


def deepcopy(value, memo=None):
    kind = type(value)
    if isinstance(value, _whole) and kind in _whole or isinstance(value, type):
        return value
    if memo is None:
        memo = {}
    key = id(value)
    if key in memo:
        return memo[key]
    own = getattr(kind, "__deepcopy__", None)
    if own is not None:
        made = own(value, memo)
        memo[key] = made
        return made
    if kind is list:
        made = []
        memo[key] = made
        for item in value:
            made.append(deepcopy(item, memo))
        return made
    if kind is dict:
        made = {}
        memo[key] = made
        for name, item in value.items():
            made[deepcopy(name, memo)] = deepcopy(item, memo)
        return made
    if kind is tuple:
        items = [deepcopy(item, memo) for item in value]
        same = all([a is b for a, b in zip(items, value)])
        return value if same else (*items,)
    if kind is set or kind is frozenset:
        return kind([deepcopy(item, memo) for item in value])
    if kind.__name__ == "deque" and kind.__module__ == "collections":
        return kind([deepcopy(item, memo) for item in value], value.maxlen)
    _refuse(value)
    if not isinstance(value, tuple):
        made = _blank(value)
    else:
        made = tuple.__new__(kind, [deepcopy(item, memo) for item in value])
    memo[key] = made
    if isinstance(value, list):
        made.extend([deepcopy(item, memo) for item in value])
    elif isinstance(value, dict):
        for name, item in value.items():
            made[deepcopy(name, memo)] = deepcopy(item, memo)
    elif isinstance(value, set):
        made.update([deepcopy(item, memo) for item in value])
    state = _state_of(value)
    if state:
        for name, item in state.items():
            object.__setattr__(made, name, deepcopy(item, memo))
    for name in _slots_of(value):
        object.__setattr__(made, name, deepcopy(getattr(value, name), memo))
    return made

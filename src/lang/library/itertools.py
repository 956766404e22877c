# Iterators made of iterators. `count`, `cycle` and `repeat`, which threads share, are the machine's.

_missing = object()


class chain:
    def __init__(self, *iterables):
        self._values = _chained(iterables)

    @classmethod
    def from_iterable(cls, iterables):
        made = cls()
        made._values = _chained(iterables)
        return made

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._values)


def _chained(iterables):
    for iterable in iterables:
        for value in iterable:
            yield value


def islice(iterable, *bounds):
    if not bounds or len(bounds) > 3:
        wanted = "at least 2" if not bounds else "at most 4"
        raise TypeError(f"islice expected {wanted} arguments, got {len(bounds) + 1}")
    start, stop, step = 0, bounds[0], 1
    if len(bounds) > 1:
        start = 0 if bounds[0] is None else bounds[0]
        stop = bounds[1]
    if len(bounds) == 3 and bounds[2] is not None:
        step = bounds[2]
    if stop is not None and (not isinstance(stop, int) or stop < 0):
        raise ValueError("Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if not isinstance(start, int) or start < 0:
        raise ValueError("Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.")
    if not isinstance(step, int) or step < 1:
        raise ValueError("Step for islice() must be a positive integer or None.")
    return _sliced(iter(iterable), start, stop, step)


def _sliced(values, start, stop, step):
    at = 0
    wanted = start
    while stop is None or at < stop:
        try:
            value = next(values)
        except StopIteration:
            return
        if at == wanted:
            wanted += step
            yield value
            if stop is not None and wanted >= stop:
                # What stands before the end is taken too, as far as there is any.
                at += 1
                while at < stop and next(values, _missing) is not _missing:
                    at += 1
                return
        at += 1


def accumulate(iterable, func=None, *, initial=None):
    total = initial
    begun = initial is not None
    if begun:
        yield total
    for value in iterable:
        if not begun:
            total = value
            begun = True
        elif func is None:
            total = total + value
        else:
            total = func(total, value)
        yield total


def takewhile(predicate, iterable):
    for value in iterable:
        if not predicate(value):
            return
        yield value


def dropwhile(predicate, iterable):
    dropping = True
    for value in iterable:
        if dropping and predicate(value):
            continue
        dropping = False
        yield value


def filterfalse(predicate, iterable):
    for value in iterable:
        if not (value if predicate is None else predicate(value)):
            yield value


def starmap(function, iterable):
    for arguments in iterable:
        yield function(*iter(arguments))


def compress(data, selectors):
    for value, selected in zip(data, selectors):
        if selected:
            yield value


def pairwise(iterable):
    values = iter(iterable)
    before = next(values, _missing)
    if before is _missing:
        return
    for value in values:
        yield before, value
        before = value


def zip_longest(*iterables, fillvalue=None):
    return _zipped_longest([iter(iterable) for iterable in iterables], fillvalue)


def _zipped_longest(iterators, fillvalue):
    left = len(iterators)
    over = [False for _ in iterators]
    while left:
        values = []
        for index, iterator in enumerate(iterators):
            value = fillvalue
            if not over[index]:
                value = next(iterator, _missing)
                if value is _missing:
                    over[index] = True
                    value = fillvalue
                    left -= 1
            values.append(value)
        if left:
            yield tuple(values)


def product(*iterables, repeat=1):
    if not isinstance(repeat, int):
        raise TypeError(f"'{type(repeat).__name__}' object cannot be interpreted as an integer")
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    return _products([tuple(iterable) for iterable in iterables] * repeat)


def _products(pools):
    indices = [0 for _ in pools]
    if any(not pool for pool in pools):
        return
    while True:
        yield tuple([pool[index] for pool, index in zip(pools, indices)])
        place = len(pools) - 1
        while place >= 0:
            indices[place] += 1
            if indices[place] < len(pools[place]):
                break
            indices[place] = 0
            place -= 1
        if place < 0:
            return


def permutations(iterable, r=None):
    pool = tuple(iterable)
    size = len(pool) if r is None else r
    if not isinstance(size, int):
        raise TypeError("Expected int as r")
    if size < 0:
        raise ValueError("r must be non-negative")
    return _permutations(pool, (), size)


def _permutations(pool, chosen, size):
    if len(chosen) == size:
        yield tuple([pool[index] for index in chosen])
        return
    for index in range(len(pool)):
        if index not in chosen:
            for values in _permutations(pool, chosen + (index,), size):
                yield values


def combinations(iterable, r):
    pool = tuple(iterable)
    if r < 0:
        raise ValueError("r must be non-negative")
    return _combinations(pool, (), 0, r, 1)


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)
    if r < 0:
        raise ValueError("r must be non-negative")
    return _combinations(pool, (), 0, r, 0)


def _combinations(pool, chosen, start, left, step):
    if left == 0:
        yield chosen
        return
    for index in range(start, len(pool)):
        for values in _combinations(pool, chosen + (pool[index],), index + step, left - 1, step):
            yield values


class groupby:
    def __init__(self, iterable, key=None):
        self._values = iter(iterable)
        self._key = key
        self._ahead = []
        self._current = _missing
        self._group = None

    def __iter__(self):
        return self

    # The next value with its key; `None` at the end. `_ahead` holds one that was looked at too early.
    def _take(self):
        if self._ahead:
            return self._ahead.pop()
        value = next(self._values, _missing)
        if value is _missing:
            return None
        return (value if self._key is None else self._key(value)), value

    def __next__(self):
        while True:
            pair = self._take()
            if pair is None:
                raise StopIteration
            if self._current is _missing or pair[0] != self._current:
                break
        self._current = pair[0]
        self._ahead.append(pair)
        self._group = object()
        return pair[0], self._members(pair[0], self._group)

    def _members(self, key, group):
        while self._group is group:
            pair = self._take()
            if pair is None:
                return
            if pair[0] != key:
                self._ahead.append(pair)
                return
            yield pair[1]


def tee(iterable, n=2):
    if n < 0:
        raise ValueError("n must be >= 0")
    values = iter(iterable)
    waiting = [[] for _ in range(n)]
    return tuple([_teed(values, waiting, index) for index in range(n)])


def _teed(values, waiting, index):
    while True:
        if not waiting[index]:
            value = next(values, _missing)
            if value is _missing:
                return
            for others in waiting:
                others.append(value)
        yield waiting[index].pop(0)

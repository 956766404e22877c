# Library functions that call back into the program, or that take so long that other threads must be able to run
# meanwhile. The machine does the simple cases itself and calls these for the rest.
#
# Names that begin with two underscores and are not bound here are the machine's own.

from heapq import heappop as _heappop, heappush as _heappush
from queue import Empty as _Empty, Full as _Full, LifoQueue as _LifoQueue, PriorityQueue as _PriorityQueue
from time import monotonic as _monotonic

_missing = object()
_list = type([])
_dict = type({})
_tuple = type(())
_range = type(range(0))
# A positional pattern of these matches the value itself.
_themselves = (bool, type(b""), _dict, float, frozenset, int, _list, type({1}), str, _tuple)


def map(function, *iterables):
    if len(iterables) == 1:
        for value in iterables[0]:
            yield function(value)
    else:
        for values in zip(*iterables):
            yield function(*values)


def filter(function, iterable):
    if function is None:
        for value in iterable:
            if value:
                yield value
    else:
        for value in iterable:
            if function(value):
                yield value


# `iter(function, sentinel)`
def call_until(function, sentinel):
    while True:
        value = function()
        if value == sentinel:
            return
        yield value


def zip(*iterables):
    iterators = [iter(iterable) for iterable in iterables]
    if not iterators:
        return
    while True:
        values = []
        for iterator in iterators:
            try:
                values.append(next(iterator))
            except StopIteration:
                return
        yield (*values,)


def zip_strict(*iterables):
    iterators = [iter(iterable) for iterable in iterables]
    while iterators:
        values = []
        for iterator in iterators:
            try:
                values.append(next(iterator))
            except StopIteration:
                break
        place = len(values)
        if place == len(iterators):
            yield (*values,)
            continue
        others = "argument 1" if place == 1 else f"arguments 1-{place}"
        if place > 0:
            raise ValueError(f"zip() argument {place + 1} is shorter than {others}")
        for number in range(1, len(iterators)):
            if next(iterators[number], _missing) is not _missing:
                others = "argument 1" if number == 1 else f"arguments 1-{number}"
                raise ValueError(f"zip() argument {number + 1} is longer than {others}")
        return


def enumerate(iterable, start=0):
    index = start
    for value in iterable:
        yield index, value
        index += 1


def reversed(sequence):
    index = len(sequence) - 1
    while index >= 0:
        yield sequence[index]
        index -= 1


def divmod(a, b):
    if hasattr(type(a), "__divmod__"):
        result = type(a).__divmod__(a, b)
        if result is not NotImplemented:
            return result
    if hasattr(type(b), "__rdivmod__"):
        result = type(b).__rdivmod__(b, a)
        if result is not NotImplemented:
            return result
    left, right = type(a).__name__, type(b).__name__
    raise TypeError(f"unsupported operand type(s) for divmod(): {left!r} and {right!r}")


def any(iterable):
    for value in iterable:
        if value:
            return True
    return False


def all(iterable):
    for value in iterable:
        if not value:
            return False
    return True


def sum(iterable, /, start=0):
    if type(start) is str:
        raise TypeError("sum() can't sum strings [use ''.join(seq) instead]")
    total = start
    for value in iterable:
        # Not `+=`: that would change a list given as the start.
        total = total + value
    return total


# What is left of a builtin that went through a generator, from a value on that takes Python code: what came of the values
# before it, that value, and the generator.
def all_rest(_, value, iterable):
    return all(iterable) if value else False


def any_rest(_, value, iterable):
    return True if value else any(iterable)


def sum_rest(total, value, iterable):
    total = total + value
    for value in iterable:
        total = total + value
    return total


def min_rest(best, value, iterable):
    if value < best:
        best = value
    for value in iterable:
        if value < best:
            best = value
    return best


def max_rest(best, value, iterable):
    if value > best:
        best = value
    for value in iterable:
        if value > best:
            best = value
    return best


def min(*arguments, key=None, default=_missing):
    iterable = _candidates("min", arguments, default)
    best = best_key = _missing
    for value in iterable:
        value_key = value if key is None else key(value)
        if best_key is _missing or value_key < best_key:
            best = value
            best_key = value_key
    return _chosen("min", best, default)


def max(*arguments, key=None, default=_missing):
    iterable = _candidates("max", arguments, default)
    best = best_key = _missing
    for value in iterable:
        value_key = value if key is None else key(value)
        if best_key is _missing or value_key > best_key:
            best = value
            best_key = value_key
    return _chosen("max", best, default)


def _candidates(name, arguments, default):
    if not arguments:
        raise TypeError(f"{name} expected at least 1 argument, got 0")
    if len(arguments) == 1:
        return arguments[0]
    if default is not _missing:
        raise TypeError(f"Cannot specify a default for {name}() with multiple positional arguments")
    return arguments


def _chosen(name, best, default):
    if best is not _missing:
        return best
    if default is _missing:
        raise ValueError(f"{name}() arg is an empty sequence")
    return default


def sorted(iterable, /, *, key=None, reverse=False):
    values = []
    values.extend(iterable)
    values.sort(key=key, reverse=reverse)
    return values


# `list += iterable`
def list_iadd(self, iterable):
    __plain(self).extend(list(iterable))
    return self


def list_sort(self, *, key=None, reverse=False):
    # Meanwhile the list is empty, so that what the program does to it is noticed.
    values = __emptied(self)
    result = values
    try:
        keys = values if key is None else [key(value) for value in values]
        result = __arranged(values, keys, reverse)
    finally:
        modified = __refilled(self, result)
    if modified:
        raise ValueError("list modified during sort")


# `__arranged`, where the keys have an order of their own.
def arranged(values, keys, reverse):
    pairs = [(keys[index], values[index]) for index in range(len(values))]
    # Equal values keep their order also when it is reversed: reverse, sort, reverse.
    if reverse:
        pairs.reverse()
    pairs = _merge_sort(pairs)
    if reverse:
        pairs.reverse()
    return [pair[1] for pair in pairs]


def _merge_sort(pairs):
    width = 1
    while width < len(pairs):
        merged = []
        for start in range(0, len(pairs), 2 * width):
            _merge(pairs[start : start + width], pairs[start + width : start + 2 * width], merged)
        pairs = merged
        width *= 2
    return pairs


def _merge(left, right, merged):
    i = j = 0
    while i < len(left) and j < len(right):
        if right[j][0] < left[i][0]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    merged += left[i:]
    merged += right[j:]


def list(iterable=()):
    return [value for value in iterable]


def tuple(iterable=()):
    return (*iterable,)


def set(iterable=()):
    return {value for value in iterable}


def dict(source=(), /, **keywords):
    result = {}
    if hasattr(source, "keys"):
        for key in source.keys():
            result[key] = source[key]
    else:
        index = 0
        for pair in source:
            try:
                values = [value for value in pair]
            except TypeError:
                raise TypeError(f"cannot convert dictionary update sequence element #{index} to a sequence")
            if len(values) != 2:
                message = f"dictionary update sequence element #{index} has length {len(values)}; 2 is required"
                raise ValueError(message)
            result[values[0]] = values[1]
            index += 1
    for name in keywords:
        result[name] = keywords[name]
    return result


def print(*values, sep=" ", end="\n", file=None, flush=False):
    for name, text in (("sep", sep), ("end", end)):
        if text is not None and not isinstance(text, str):
            raise TypeError(f"{name} must be None or a string, not {type(text).__name__}")
    text = ""
    first = True
    for value in values:
        if not first:
            text += " " if sep is None else sep
        try:
            text += str(value)
        except BaseException:
            # What stands before it is printed.
            __print(text, file)
            raise
        first = False
    text += "\n" if end is None else end
    if hasattr(file, "write") and not isinstance(file, type):
        file.write(text)
    else:
        __print(text, file)


def str_join(separator, iterable):
    parts = [*iterable]
    for index, part in enumerate(parts):
        if not isinstance(part, str):
            raise TypeError(f"sequence item {index}: expected str instance, {type(part).__name__} found")
    return separator.join(parts)


def list_repr(self):
    return "[" + ", ".join([repr(value) for value in self]) + "]"


def tuple_repr(self):
    inner = ", ".join([repr(value) for value in self])
    return "(" + inner + (",)" if len(self) == 1 else ")")


def dict_repr(self):
    return "{" + ", ".join([f"{key!r}: {value!r}" for key, value in self.items()]) + "}"


def set_repr(self):
    name = type(self).__name__
    if not self:
        return name + "()"
    inner = "{" + ", ".join([repr(value) for value in self]) + "}"
    return inner if name == "set" else name + "(" + inner + ")"


def deque_repr(self):
    inner = ", ".join([repr(value) for value in self])
    bound = "" if self.maxlen is None else f", maxlen={self.maxlen}"
    return f"deque([{inner}]{bound})"


# `deque(iterable, maxlen)`, where it takes Python code to go through the iterable.
def deque_of(kind, iterable, maxlen):
    made = isinstance(kind, type)
    items = kind((), maxlen) if made else kind
    if not made:
        items.__init__((), maxlen)
    for value in iterable:
        items.append(value)
    return items if made else None


# `itertools.cycle`, likewise.
def cycle(iterable):
    saved = []
    for value in iterable:
        yield value
        saved.append(value)
    while saved:
        for value in saved:
            yield value


# For `case [a, b]`: strings are no sequences there.
def is_sequence(value):
    return isinstance(value, (_list, _tuple, _range))


# For `case {"key": value, **rest}`: the values of the keys and the rest, or nothing.
def match_mapping(subject, keys, with_rest):
    if not isinstance(subject, _dict):
        return None
    values = []
    for key in keys:
        if key not in subject:
            return None
        values.append(subject.get(key))
    if with_rest:
        rest = {}
        for key in subject:
            if key not in keys:
                rest[key] = subject[key]
        values.append(rest)
    return values


# For `case Class(value, name=value)`: the attributes, or nothing.
def match_class(subject, kind, count, names):
    if not isinstance(kind, type):
        raise TypeError("called match pattern must be a class")
    if not isinstance(subject, kind):
        return None
    values = []
    if count:
        if issubclass(kind, _themselves) and not hasattr(kind, "__match_args__"):
            positions = None
            most = 1
        else:
            positions = getattr(kind, "__match_args__", ())
            most = len(positions)
        if count > most:
            plural = "" if most == 1 else "s"
            raise TypeError(f"{kind.__name__}() accepts {most} positional sub-pattern{plural} ({count} given)")
        if positions is None:
            values.append(subject)
        else:
            names = (*positions[:count], *names)
    for name in names:
        if not hasattr(subject, name):
            return None
        values.append(getattr(subject, name))
    return values


def next_default(iterator, default):
    try:
        return next(iterator)
    except StopIteration:
        return default


def condition_wait_for(self, predicate, timeout=None):
    endtime = None
    waittime = timeout
    result = predicate()
    while not result:
        if waittime is not None:
            if endtime is None:
                endtime = _monotonic() + waittime
            else:
                waittime = endtime - _monotonic()
                if waittime <= 0:
                    break
        if not self.wait(waittime):
            return predicate()
        result = predicate()
    return result


# Calls that the machine makes for others: of what is no Python function, so that there is a frame for what it does.
def call(function, arguments, keywords):
    named = {}
    for name, value in keywords:
        named[name] = value
    return function(*arguments, **named)


# What a thread runs whose arguments are not simply there, in a tuple and a dict.
def run(target, arguments, keywords):
    if keywords is None:
        return target(*arguments)
    return target(*arguments, **keywords)


# `f"{value!r:>10}"` where `repr` is the program's own.
def format_called(function, arguments, spec):
    return format(function(*arguments), spec)


# `kind(...)` where `kind` defines `__new__`.
def new_instance(kind, new, init, arguments, keywords):
    named = {}
    for name, value in keywords:
        named[name] = value
    made = new(kind, *arguments, **named)
    if isinstance(made, kind) and init is not None:
        init(made, *arguments, **named)
    return made


# `kind(...)` where `kind` inherits from a builtin type whose values can change.
def filled_instance(made, init, arguments, keywords):
    named = {}
    for name, value in keywords:
        named[name] = value
    init(made, *arguments, **named)
    return made


# `kind(...)` where `kind` inherits from a builtin type whose values cannot change.
def value_instance(kind, base, init, arguments, keywords):
    named = {}
    for name, value in keywords:
        named[name] = value
    made = __wrap(kind, base(*arguments, **named))
    if init is not None:
        init(made, *arguments, **named)
    return made


# `base.__new__(kind, ...)` of such a type.
def new_value(kind, base, arguments):
    return __wrap(kind, base(*arguments))


# What becomes of a class once its body has run.
def announced(made, named, init_subclass, keywords):
    for value, name in named:
        value.__set_name__(made, name)
    init_subclass(**keywords)
    kind = type(made)
    if kind is not type:
        kind.__init__(made, made.__name__, made.__bases__, made.__dict__)
    return made


# What becomes of a class that `type(name, bases, namespace)` has made.
def made_class(made, namespace, /, **keywords):
    for name, value in namespace.items():
        if hasattr(type(value), "__set_name__"):
            value.__set_name__(made, name)
    super(made, made).__init_subclass__(**keywords)
    return made


def list_init(self, iterable=()):
    plain = __plain(self)
    plain.clear()
    plain.extend(iterable)


def dict_init(self, source=(), /, **keywords):
    __plain(self).update(source, **keywords)


def set_init(self, iterable=()):
    plain = __plain(self)
    plain.clear()
    plain.update(iterable)


def dict_update(self, source, /, **keywords):
    plain = __plain(self)
    if hasattr(source, "keys"):
        for key in source.keys():
            plain[key] = source[key]
        plain.update(keywords)
    else:
        pairs = []
        pairs.extend(source)
        plain.update(pairs, **keywords)


# `dict |= source`
def dict_ior(self, source):
    __plain(self).update(source)
    return self


def raise_class(kind):
    raise kind()


def raise_class_from(kind, cause):
    raise kind() from cause


def raise_from_class(raised, kind):
    raise raised from kind()


# Iteration over what has only `__getitem__`.
def iterate_items(sequence):
    index = 0
    while True:
        try:
            value = sequence[index]
        except IndexError:
            return
        yield value
        index += 1


# What the last one to arrive at a barrier does for all.
def barrier_act(barrier, action, index):
    try:
        action()
    except BaseException:
        barrier._finish(False)
        raise
    barrier._finish(True)
    return index


# What a priority queue does whose items are compared by Python code; `_settle` opens the queue again.
def queue_put(queue, heap, item):
    put = None
    try:
        _heap_rise(heap, len(heap) - 1)
        put = True
    finally:
        queue._settle(heap, put, item)


def queue_get(queue, heap):
    put = None
    last = heap.pop()
    least = last
    try:
        if heap:
            least = heap[0]
            heap[0] = last
            _heap_sink(heap)
        put = False
    finally:
        queue._settle(heap, put, least)
    return least


# What a thread of a class that has its own `_stop` does where CPython calls that.
def thread_join(thread, timeout):
    __join(thread, timeout)
    if not __is_alive(thread) and hasattr(thread, "_stop"):
        thread._stop()


def thread_is_alive(thread):
    if __is_alive(thread):
        return True
    if thread.ident is None or not hasattr(thread, "_stop"):
        return False
    thread._stop()
    return True


# What CPython's `queue` does, with a queue's own lock and conditions: where the program has asked for these, or has methods of
# its own that keep the items.
def queue_put_inside(queue, item, block, timeout):
    with queue.not_full:
        if queue.maxsize > 0:
            if not block:
                if queue._qsize() >= queue.maxsize:
                    raise _Full
            elif timeout is None:
                while queue._qsize() >= queue.maxsize:
                    queue.not_full.wait()
            elif timeout < 0:
                raise ValueError("'timeout' must be a non-negative number")
            else:
                end = _monotonic() + timeout
                while queue._qsize() >= queue.maxsize:
                    rest = end - _monotonic()
                    if rest <= 0.0:
                        raise _Full
                    queue.not_full.wait(rest)
        queue._put(item)
        queue._note(True, item, queue._qsize())
        queue.not_empty.notify()


def queue_get_inside(queue, block, timeout):
    with queue.not_empty:
        if not block:
            if not queue._qsize():
                raise _Empty
        elif timeout is None:
            while not queue._qsize():
                queue.not_empty.wait()
        else:
            end = _monotonic() + timeout
            while not queue._qsize():
                rest = end - _monotonic()
                if rest <= 0.0:
                    raise _Empty
                queue.not_empty.wait(rest)
        item = queue._get()
        queue._note(False, item, queue._qsize())
        queue.not_full.notify()
        return item


def queue_task_done(queue):
    with queue.all_tasks_done:
        unfinished = queue.unfinished_tasks - 1
        if unfinished < 0:
            raise ValueError("task_done() called too many times")
        if unfinished == 0:
            queue.all_tasks_done.notify_all()
        queue.unfinished_tasks = unfinished


def queue_join(queue):
    with queue.all_tasks_done:
        while queue.unfinished_tasks:
            queue.all_tasks_done.wait()


def queue_qsize(queue):
    with queue.mutex:
        return queue._qsize()


def queue_empty(queue):
    with queue.mutex:
        return not queue._qsize()


def queue_full(queue):
    with queue.mutex:
        return 0 < queue.maxsize <= queue._qsize()


def queue_size(queue):
    return len(queue.queue)


def queue_put_item(queue, item):
    if isinstance(queue, _PriorityQueue):
        _heappush(queue.queue, item)
    else:
        queue.queue.append(item)


def queue_get_item(queue):
    if isinstance(queue, _PriorityQueue):
        return _heappop(queue.queue)
    if isinstance(queue, _LifoQueue):
        return queue.queue.pop()
    return queue.queue.popleft()


def _heap_rise(heap, place):
    while place > 0:
        parent = (place - 1) // 2
        if not heap[place] < heap[parent]:
            break
        heap[place], heap[parent] = heap[parent], heap[place]
        place = parent


# Down to the bottom along the lesser of each two, then up again as far as it belongs.
def _heap_sink(heap):
    place = 0
    while 2 * place + 1 < len(heap):
        child = 2 * place + 1
        if child + 1 < len(heap) and not heap[child] < heap[child + 1]:
            child += 1
        heap[place], heap[child] = heap[child], heap[place]
        place = child
    _heap_rise(heap, place)


# A builtin that takes an iterable only Python code can go through: a list of it in its place.
def call_with_list(function, index, arguments):
    values = [value for value in arguments]
    values[index] = [*values[index]]
    return function(*values)


# The pieces of a template, (value, conversion, specification) each, some of which Python code writes.
def format_pieces(pieces):
    text = ""
    for value, conversion, spec in pieces:
        if conversion == "s":
            value = str(value)
        elif conversion == "r":
            value = repr(value)
        elif conversion == "a":
            value = ascii(value)
        text += format(value, spec)
    return text


# `item in container`, where Python code goes through it or decides what is equal.
def contains(container, item):
    for value in container:
        if value is item or value == item:
            return True
    return False


# `list.count`, `list.index` and `list.remove`, and their like, for such items.
def sequence_count(items, item):
    count = 0
    for value in items:
        if value is item or value == item:
            count += 1
    return count


def sequence_index(items, item, start=0, stop=None):
    length = len(items)
    if start < 0:
        start = start + length if start + length > 0 else 0
    if stop is None:
        stop = length
    elif stop < 0:
        stop += length
    index = start
    while index < stop and index < len(items):
        value = items[index]
        if value is item or value == item:
            return index
        index += 1
    if isinstance(items, _tuple):
        raise ValueError("tuple.index(x): x not in tuple")
    raise ValueError(f"{item!r} is not in {'list' if isinstance(items, _list) else 'deque'}")


def sequence_remove(items, item):
    index = 0
    while index < len(items):
        value = items[index]
        if value is item or value == item:
            del items[index]
            return
        index += 1
    if isinstance(items, _list):
        raise ValueError("list.remove(x): x not in list")
    raise ValueError(f"{item!r} is not in deque")


# `a == b` for containers of objects with an equality of their own.
def equal(a, b):
    if type(a) is not type(b) or len(a) != len(b):
        return False
    if hasattr(a, "keys"):
        for key in a:
            if key not in b or not (a[key] is b[key] or a[key] == b[key]):
                return False
        return True
    for x, y in zip(a, b):
        if not (x is y or x == y):
            return False
    return True


# What the main thread does when a signal comes for which the program has a handler.
def handle_signal(handler, number):
    raised = None
    try:
        handler(number, None)
    except BaseException as exception:
        raised = exception
    __leave_handler(raised)


# Questions that natives have about values of which only Python code knows.
def ask_equal(a, b):
    return True if a == b else False


# Which of the candidates is equal to the key, if any.
def ask_first_equal(key, *candidates):
    index = 0
    for candidate in candidates:
        if candidate == key:
            return index
        index += 1
    return None


def ask_less(a, b):
    return True if a < b else False


def ask_less_or_equal(a, b):
    return True if a <= b else False


def ask_greater(a, b):
    return True if a > b else False


def ask_greater_or_equal(a, b):
    return True if a >= b else False


def ask_hash(value):
    return hash(value)


def ask_truth(value):
    return True if value else False


def ask_instance(value, kind):
    return True if kind.__metaclass__.__instancecheck__(kind, value) else False


def ask_subclass(value, kind):
    return True if kind.__metaclass__.__subclasscheck__(kind, value) else False


# The `__init__` of an object with attributes for each thread, in a thread that is new to it.
def dict_from_keys(kind, iterable, value=None, /):
    made = kind()
    for key in iterable:
        made[key] = value
    return made


def ask_local(value, init, made_with):
    filled_instance(value, init, made_with[0], made_with[1])


def ask_attribute(value, name):
    return getattr(value, name)


def ask_items(value):
    return (*value,)


def ask_repr(value):
    return repr(value)


def ask_str(value):
    return str(value)


def ask_format(value, spec):
    return format(value, spec)


def words(exception):
    try:
        return str(exception)
    except BaseException:
        return "<exception str() failed>"


# The traceback of an exception and of those that led to it, as text.
def traceback(exception):
    said = []
    ahead = exception if isinstance(exception, BaseException) else None
    while ahead is not None and len(said) < 50:
        said.append((ahead, words(ahead)))
        ahead = ahead.__context__ if ahead.__cause__ is None else ahead.__cause__
    return __traceback_said(exception, said)

# Tracebacks as text, and their entries.

import sys as _sys

_not_given = object()


def _write(lines, file):
    out = _sys.stderr if file is None else file
    for line in lines:
        out.write(line)


class FrameSummary:
    def __init__(self, filename, lineno, name, *, lookup_line=True, locals=None, line=None):
        self.filename = filename
        self.lineno = lineno
        self.name = name
        self.line = line
        self.locals = locals

    def __eq__(self, other):
        if isinstance(other, FrameSummary):
            return list(self) == list(other)
        if isinstance(other, tuple):
            return tuple(self) == other
        return NotImplemented

    def __getitem__(self, index):
        return (self.filename, self.lineno, self.name, self.line)[index]

    def __iter__(self):
        return iter([self.filename, self.lineno, self.name, self.line])

    def __repr__(self):
        return f"<FrameSummary file {self.filename}, line {self.lineno} in {self.name}>"

    def __len__(self):
        return 4


class StackSummary(list):
    @classmethod
    def extract(cls, frames, *, limit=None, lookup_lines=True, capture_locals=False):
        found = [FrameSummary(*__entries(frame)[-1][:2], frame.f_code.co_name, line=__entries(frame)[-1][3])
                 for frame, _ in frames]
        return cls(_limited(found, limit))

    @classmethod
    def from_list(cls, entries):
        made = cls()
        for entry in entries:
            if isinstance(entry, FrameSummary):
                made.append(entry)
            else:
                filename, lineno, name, line = entry
                made.append(FrameSummary(filename, lineno, name, line=line))
        return made

    def format_frame_summary(self, entry):
        text = f'  File "{entry.filename}", line {entry.lineno}, in {entry.name}\n'
        return text + f"    {entry.line.strip()}\n" if entry.line else text

    def format(self):
        lines = []
        before = None
        count = 0
        for entry in self:
            place = entry.filename, entry.lineno, entry.name
            if place != before:
                if count > 3:
                    lines.append(_repeated(count - 3))
                before = place
                count = 0
            count += 1
            if count <= 3:
                lines.append(self.format_frame_summary(entry))
        if count > 3:
            lines.append(_repeated(count - 3))
        return lines


def _repeated(count):
    return f"  [Previous line repeated {count} more time{'s' if count > 1 else ''}]\n"


def _limited(entries, limit):
    if limit is None:
        return entries
    return entries[:limit] if limit >= 0 else entries[limit:]


def _summary(place, limit):
    entries = [FrameSummary(filename, lineno, name, line=line) for filename, lineno, name, line in __entries(place)]
    return StackSummary(_limited(entries, limit))


def _text_of(value, what="exception"):
    try:
        return str(value)
    except BaseException:
        return f"<{what} str() failed>"


class TracebackException:
    def __init__(self, exc_type, exc_value, exc_traceback, *, limit=None, lookup_lines=True, capture_locals=False,
                 compact=False, max_group_width=15, max_group_depth=10, _seen=None):
        seen = [] if _seen is None else _seen
        seen.append(exc_value)
        self.stack = _summary(exc_traceback, limit)
        self.exc_type = exc_type
        self._str = _text_of(exc_value)
        self.__notes__ = getattr(exc_value, "__notes__", None)
        self.__cause__ = self.__context__ = None
        self.__suppress_context__ = False
        if exc_value is not None:
            self.__suppress_context__ = exc_value.__suppress_context__
            self.__cause__ = self._before(exc_value.__cause__, limit, seen)
            if not compact or self.__cause__ is None and not self.__suppress_context__:
                self.__context__ = self._before(exc_value.__context__, limit, seen)

    @classmethod
    def from_exception(cls, exc, *arguments, **keywords):
        return cls(type(exc), exc, exc.__traceback__, *arguments, **keywords)

    def _before(self, error, limit, seen):
        if error is None or any(error is other for other in seen):
            return None
        return TracebackException(type(error), error, error.__traceback__, limit=limit, _seen=seen)

    def __str__(self):
        return self._str

    def format_exception_only(self):
        if self.exc_type is None:
            yield _last_line("None", self._str)
            return
        name = self.exc_type.__qualname__
        if self.exc_type.__module__ not in ("__main__", "builtins"):
            name = f"{self.exc_type.__module__}.{name}"
        yield _last_line(name, self._str)
        if self.__notes__ is None:
            return
        if isinstance(self.__notes__, list):
            for note in self.__notes__:
                for line in _text_of(note, "note").split("\n"):
                    yield line + "\n"
        else:
            yield f"{self.__notes__!r}\n"

    def format(self, *, chain=True):
        before = None
        if chain and self.__cause__ is not None:
            before = self.__cause__
            message = "\nThe above exception was the direct cause of the following exception:\n\n"
        elif chain and self.__context__ is not None and not self.__suppress_context__:
            before = self.__context__
            message = "\nDuring handling of the above exception, another exception occurred:\n\n"
        if before is not None:
            yield from before.format(chain=chain)
            yield message
        if self.stack:
            yield "Traceback (most recent call last):\n"
            yield from self.stack.format()
        yield from self.format_exception_only()

    def print(self, *, file=None, chain=True):
        _write(self.format(chain=chain), file)


def _last_line(name, text):
    return f"{name}: {text}\n" if text else f"{name}\n"


def _parts(exc, value, tb):
    if (value is _not_given) != (tb is _not_given):
        raise ValueError("Both or neither of value and tb must be given")
    if value is not _not_given:
        return value, tb
    if exc is None:
        return None, None
    if isinstance(exc, BaseException):
        return exc, exc.__traceback__
    raise TypeError(f"Exception expected for value, {type(exc).__name__} found")


def format_exception(exc, /, value=_not_given, tb=_not_given, limit=None, chain=True):
    value, tb = _parts(exc, value, tb)
    return list(TracebackException(type(value), value, tb, limit=limit, compact=True).format(chain=chain))


def print_exception(exc, /, value=_not_given, tb=_not_given, limit=None, file=None, chain=True):
    value, tb = _parts(exc, value, tb)
    TracebackException(type(value), value, tb, limit=limit, compact=True).print(file=file, chain=chain)


def format_exception_only(exc, /, value=_not_given):
    if value is _not_given:
        value = exc
    return list(TracebackException(type(value), value, None, compact=True).format_exception_only())


def format_exc(limit=None, chain=True):
    return "".join(format_exception(*_sys.exc_info(), limit=limit, chain=chain))


def print_exc(limit=None, file=None, chain=True):
    print_exception(*_sys.exc_info(), limit=limit, file=file, chain=chain)


def extract_tb(tb, limit=None):
    return _summary(tb, limit)


def format_list(extracted_list):
    return StackSummary.from_list(extracted_list).format()


def print_list(extracted_list, file=None):
    _write(format_list(extracted_list), file)


def format_tb(tb, limit=None):
    return extract_tb(tb, limit).format()


def print_tb(tb, limit=None, file=None):
    _write(format_tb(tb, limit), file)


def extract_stack(f=None, limit=None):
    return _summary(__frame() if f is None else f, None if limit is None else -limit)


def format_stack(f=None, limit=None):
    return extract_stack(__frame() if f is None else f, limit).format()


def print_stack(f=None, limit=None, file=None):
    _write(format_stack(__frame() if f is None else f, limit), file)


def walk_tb(tb):
    while tb is not None:
        yield tb.tb_frame, tb.tb_lineno
        tb = tb.tb_next


def walk_stack(f):
    frame = __frame() if f is None else f
    while frame is not None:
        yield frame, frame.f_lineno
        frame = frame.f_back


def clear_frames(tb):
    pass

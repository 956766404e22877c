# Context managers made of generators, and of other context managers.


class _GeneratorContextManager:
    def __init__(self, function, arguments, keywords):
        self._generator = function(*arguments, **keywords)

    def __enter__(self):
        try:
            return next(self._generator)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, exception, traceback):
        if kind is None:
            try:
                next(self._generator)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self._generator.throw(exception)
        except StopIteration as stopped:
            # The body's own StopIteration, when it comes out as it went in, was not handled.
            return stopped is not exception
        except RuntimeError as raised:
            if raised is exception:
                return False
            # A StopIteration that passes through the generator becomes the cause of a RuntimeError.
            if isinstance(exception, StopIteration) and raised.__cause__ is exception:
                return False
            raise
        except BaseException as raised:
            if raised is exception:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(function):
    # A default, and no variable of a closure: that would be data that every call shares.
    def helper(*arguments, _function=function, **keywords):
        return _GeneratorContextManager(_function, arguments, keywords)

    return helper


class closing:
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, kind, exception, traceback):
        self.thing.close()


class nullcontext:
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, kind, exception, traceback):
        pass


class suppress:
    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, kind, exception, traceback):
        return kind is not None and issubclass(kind, self._exceptions)


class ExitStack:
    def __init__(self):
        self._exits = []

    def __enter__(self):
        return self

    def enter_context(self, manager):
        kind = type(manager)
        if not hasattr(kind, "__enter__") or not hasattr(kind, "__exit__"):
            name = kind.__qualname__
            raise TypeError(f"'{name}' object does not support the context manager protocol")
        result = manager.__enter__()
        self._exits.append(manager.__exit__)
        return result

    def push(self, manager):
        if hasattr(type(manager), "__exit__"):
            self._exits.append(manager.__exit__)
        else:
            self._exits.append(manager)
        return manager

    def callback(self, function, /, *arguments, **keywords):
        def leave(kind, exception, traceback):
            function(*arguments, **keywords)

        self._exits.append(leave)
        return function

    def pop_all(self):
        other = type(self)()
        other._exits = self._exits
        self._exits = []
        return other

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, exception, traceback):
        pending = exception
        suppressed = False
        while self._exits:
            leave = self._exits.pop()
            try:
                if pending is None:
                    handled = leave(None, None, None)
                else:
                    handled = leave(type(pending), pending, traceback)
                if handled and pending is not None:
                    suppressed = True
                    pending = None
            except BaseException as raised:
                suppressed = False
                pending = raised
        if pending is not None and pending is not exception:
            raise pending
        return suppressed and exception is not None

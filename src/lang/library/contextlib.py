# Context managers made of generators, and of other context managers.

from abc import ABC, abstractmethod
from sys import exc_info as _exc_info
import sys as _sys


# What `@manager` makes of a function. It shows the function's names, which are stored nowhere: what is known of a stored name
# is known by the name alone.
class _Decorated:
    def __init__(self, manager, function):
        self._manager = manager
        self._function = function

    def __call__(self, /, *args, **kwds):
        with self._manager._recreate_cm():
            return self._function(*args, **kwds)

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        return _Decorated(self._manager, self._function.__get__(instance, owner))

    def __repr__(self):
        return repr(self._function)

    @property
    def __name__(self):
        return self._function.__name__

    @property
    def __qualname__(self):
        return self._function.__qualname__

    @property
    def __module__(self):
        return self._function.__module__

    @property
    def __doc__(self):
        return self._function.__doc__

    @property
    def __wrapped__(self):
        return self._function


class ContextDecorator:
    def _recreate_cm(self):
        return self

    def __call__(self, func):
        return _Decorated(self, func)


class AbstractContextManager(ABC):
    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, C):
        if cls is AbstractContextManager:
            return all(getattr(C, name, None) is not None for name in ("__enter__", "__exit__"))
        return NotImplemented


class _GeneratorContextManager(ContextDecorator):
    def __init__(self, function, arguments, keywords):
        self._generator = function(*arguments, **keywords)
        self._function = function
        self._arguments = arguments
        self._keywords = keywords
        self._entered = False

    # Each call of a decorated function goes through a generator of its own.
    def _recreate_cm(self):
        return type(self)(self._function, self._arguments, self._keywords)

    def __enter__(self):
        if self._entered:
            raise AttributeError("'_GeneratorContextManager' object has no attribute 'args'")
        self._entered = True
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


class redirect_stdout:
    def __init__(self, new_target):
        self._target = new_target
        self._before = []

    def __enter__(self):
        self._before.append(_sys.stdout)
        _sys.stdout = self._target
        return self._target

    def __exit__(self, kind, exception, traceback):
        _sys.stdout = self._before.pop()


class redirect_stderr:
    def __init__(self, new_target):
        self._target = new_target
        self._before = []

    def __enter__(self):
        self._before.append(_sys.stderr)
        _sys.stderr = self._target
        return self._target

    def __exit__(self, kind, exception, traceback):
        _sys.stderr = self._before.pop()


class ExitStack:
    def __init__(self):
        self._exits = []

    def __enter__(self):
        return self

    def enter_context(self, cm):
        kind = type(cm)
        if not hasattr(kind, "__enter__") or not hasattr(kind, "__exit__"):
            raise TypeError(f"'{kind.__module__}.{kind.__qualname__}' object does not support the context manager protocol")
        result = cm.__enter__()
        self._exits.append(cm.__exit__)
        return result

    def push(self, exit):
        if hasattr(type(exit), "__exit__"):
            self._exits.append(exit.__exit__)
        else:
            self._exits.append(exit)
        return exit

    def callback(self, callback, /, *args, **kwds):
        def leave(kind, exception, traceback):
            callback(*args, **kwds)

        self._exits.append(leave)
        return callback

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
        outside = _exc_info()[1]
        while self._exits:
            leave = self._exits.pop()
            try:
                if pending is None:
                    handled = leave(None, None, None)
                else:
                    handled = leave(type(pending), pending, pending.__traceback__)
                if handled and pending is not None:
                    suppressed = True
                    pending = None
            except BaseException as raised:
                _led_to(raised, pending, outside)
                suppressed = False
                pending = raised
        if pending is not None and pending is not exception:
            before = pending.__context__
            try:
                raise pending
            except BaseException:
                pending.__context__ = before
                raise
        return suppressed and exception is not None


# What is raised while a stack is left has as its context what was raised in the blocks inside.
def _led_to(raised, inner, outside):
    while True:
        before = raised.__context__
        if before is None or before is inner:
            return
        if before is outside:
            break
        raised = before
    raised.__context__ = inner

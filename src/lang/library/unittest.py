# Tests.

import sys as _sys
from time import perf_counter as _perf_counter
from traceback import format_exception as _format_exception


class SkipTest(Exception):
    pass


def skip(reason):
    def decorate(item):
        return _Skipped(item, reason) if not isinstance(item, type) else _skipped_class(item, reason)

    if callable(reason) and not isinstance(reason, str):
        item, reason = reason, ""
        return decorate(item)
    return decorate


def skipIf(condition, reason):
    return skip(reason) if condition else _as_it_is


def skipUnless(condition, reason):
    return _as_it_is if condition else skip(reason)


def expectedFailure(item):
    return _Expected(item)


def _as_it_is(item):
    return item


def _skipped_class(item, reason):
    _skipped_classes.append((item, reason))
    return item


_skipped_classes = []
# The classes of tests, in the order in which they were made.
_found = []


class _Skipped:
    def __init__(self, function, reason):
        self.function = function
        self.reason = reason
        self.__name__ = function.__name__

    def __get__(self, instance, owner=None):
        return self

    def __call__(self, *args, **kwargs):
        raise SkipTest(self.reason)


class _Expected:
    def __init__(self, function):
        self.function = function
        self.__name__ = function.__name__
        self.__doc__ = function.__doc__

    def __get__(self, instance, owner=None):
        return _BoundExpected(self.function, instance)


class _BoundExpected:
    def __init__(self, function, instance):
        self.function = function
        self.instance = instance
        self.__doc__ = function.__doc__

    def __call__(self):
        return self.function(self.instance)


class _Raises:
    def __init__(self, case, expected, regex, msg, called=None):
        self._case = case
        self._called = called
        self._expected = expected
        self._regex = regex
        self._msg = msg
        self.exception = None

    def _names(self):
        if isinstance(self._expected, tuple):
            return "(" + ", ".join([repr(kind) for kind in self._expected]) + ")"
        return self._expected.__name__

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        if kind is None:
            by = "" if self._called is None else f" by {getattr(self._called, '__name__', str(self._called))}"
            self._case.fail(self._case._formatMessage(self._msg, f"{self._names()} not raised{by}"))
        if not issubclass(kind, self._expected):
            return False
        self._keep(exception)
        if self._regex is not None and not _searched(self._regex, str(exception)):
            pattern = self._regex if isinstance(self._regex, str) else self._regex.pattern
            message = f'"{pattern}" does not match "{exception}"'
            self._case.fail(self._case._formatMessage(self._msg, message))
        return True

    def _keep(self, exception):
        self.exception = exception


def _searched(regex, text):
    import re

    return re.search(regex, text)


def _short(value):
    text = repr(value)
    if len(text) > 80:
        return text[:68] + "[truncated]..."
    return text


class TestCase:
    failureException = AssertionError
    longMessage = True
    maxDiff = 640

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        self._cleanups = []
        self._subtests = []
        self._result = None

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        _found.append(cls)

    def setUp(self):
        pass

    def tearDown(self):
        pass

    @classmethod
    def setUpClass(cls):
        pass

    @classmethod
    def tearDownClass(cls):
        pass

    def id(self):
        return f"{type(self).__module__}.{type(self).__qualname__}.{self._testMethodName}"

    def shortDescription(self):
        doc = getattr(self, self._testMethodName).__doc__
        return doc.strip().split("\n")[0].strip() if doc else None

    def countTestCases(self):
        return 1

    def __str__(self):
        return f"{self._testMethodName} ({self.id()})"

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} testMethod={self._testMethodName}>"

    def addCleanup(self, function, /, *args, **kwargs):
        self._cleanups.append((function, args, kwargs))

    def doCleanups(self):
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            function(*args, **kwargs)

    def skipTest(self, reason):
        raise SkipTest(reason)

    def fail(self, msg=None):
        raise self.failureException(msg)

    def subTest(self, msg=None, **params):
        return _SubTest(self, msg, params)

    def _formatMessage(self, msg, standardMsg):
        if not self.longMessage:
            return msg or standardMsg
        return standardMsg if msg is None else f"{standardMsg} : {msg}"

    def _verify(self, holds, msg, standard):
        if not holds:
            raise self.failureException(self._formatMessage(msg, standard))

    def assertEqual(self, first, second, msg=None):
        if first == second:
            return
        if type(first) is type(second):
            if isinstance(first, str):
                self.assertMultiLineEqual(first, second, msg)
            if isinstance(first, dict):
                self.assertDictEqual(first, second, msg)
            if isinstance(first, (list, tuple)):
                self._sequences(first, second, msg, "List" if isinstance(first, list) else "Tuple")
            if isinstance(first, (set, frozenset)):
                self.assertSetEqual(first, second, msg)
        self.fail(self._formatMessage(msg, f"{_short(first)} != {_short(second)}"))

    def assertNotEqual(self, first, second, msg=None):
        self._verify(first != second, msg, f"{_short(first)} == {_short(second)}")

    def assertTrue(self, expr, msg=None):
        self._verify(expr, msg, f"{_short(expr)} is not true")

    def assertFalse(self, expr, msg=None):
        self._verify(not expr, msg, f"{_short(expr)} is not false")

    def assertIs(self, expr1, expr2, msg=None):
        self._verify(expr1 is expr2, msg, f"{_short(expr1)} is not {_short(expr2)}")

    def assertIsNot(self, expr1, expr2, msg=None):
        self._verify(expr1 is not expr2, msg, f"unexpectedly identical: {_short(expr1)}")

    def assertIsNone(self, obj, msg=None):
        self._verify(obj is None, msg, f"{_short(obj)} is not None")

    def assertIsNotNone(self, obj, msg=None):
        self._verify(obj is not None, msg, "unexpectedly None")

    def assertIn(self, member, container, msg=None):
        if member not in container:
            self.fail(self._formatMessage(msg, f"{_short(member)} not found in {_short(container)}"))

    def assertNotIn(self, member, container, msg=None):
        if member in container:
            self.fail(self._formatMessage(msg, f"{_short(member)} unexpectedly found in {_short(container)}"))

    def assertIsInstance(self, obj, cls, msg=None):
        if not isinstance(obj, cls):
            self.fail(self._formatMessage(msg, f"{_short(obj)} is not an instance of {cls!r}"))

    def assertNotIsInstance(self, obj, cls, msg=None):
        if isinstance(obj, cls):
            self.fail(self._formatMessage(msg, f"{_short(obj)} is an instance of {cls!r}"))

    def assertGreater(self, a, b, msg=None):
        if not a > b:
            self.fail(self._formatMessage(msg, f"{_short(a)} not greater than {_short(b)}"))

    def assertGreaterEqual(self, a, b, msg=None):
        if not a >= b:
            self.fail(self._formatMessage(msg, f"{_short(a)} not greater than or equal to {_short(b)}"))

    def assertLess(self, a, b, msg=None):
        if not a < b:
            self.fail(self._formatMessage(msg, f"{_short(a)} not less than {_short(b)}"))

    def assertLessEqual(self, a, b, msg=None):
        if not a <= b:
            self.fail(self._formatMessage(msg, f"{_short(a)} not less than or equal to {_short(b)}"))

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        if first == second:
            return
        difference = abs(first - second)
        if delta is not None:
            if difference <= delta:
                return
            standard = f"{_short(first)} != {_short(second)} within {_short(delta)} delta ({_short(difference)} difference)"
        else:
            places = 7 if places is None else places
            if round(difference, places) == 0:
                return
            standard = f"{_short(first)} != {_short(second)} within {places!r} places ({_short(difference)} difference)"
        self.fail(self._formatMessage(msg, standard))

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        difference = abs(first - second)
        if delta is not None:
            if not first == second and difference > delta:
                return
            standard = f"{_short(first)} == {_short(second)} within {_short(delta)} delta ({_short(difference)} difference)"
        else:
            places = 7 if places is None else places
            if not first == second and round(difference, places) != 0:
                return
            standard = f"{_short(first)} == {_short(second)} within {places!r} places"
        self.fail(self._formatMessage(msg, standard))

    def assertMultiLineEqual(self, first, second, msg=None):
        if first != second:
            standard = f"{_short(first)} != {_short(second)}"
            difference = _difference(first.splitlines() or [""], second.splitlines() or [""])
            self.fail(self._formatMessage(msg, standard + "\n" + difference))

    def assertDictEqual(self, d1, d2, msg=None):
        if d1 != d2:
            from pprint import pformat

            difference = _difference(pformat(d1).splitlines(), pformat(d2).splitlines())
            self.fail(self._formatMessage(msg, f"{_short(d1)} != {_short(d2)}\n" + difference))

    def assertListEqual(self, list1, list2, msg=None):
        self._sequences(list1, list2, msg, "List")

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        self._sequences(tuple1, tuple2, msg, "Tuple")

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        self._sequences(seq1, seq2, msg, "Sequence")

    def _sequences(self, first, second, msg, kind):
        if first == second:
            return
        from pprint import pformat

        lines = [f"{kind}s differ: {_short(first)} != {_short(second)}\n"]
        shorter = min(len(first), len(second))
        for index in range(shorter):
            if first[index] != second[index]:
                lines.append(f"First differing element {index}:\n{_short(first[index])}\n{_short(second[index])}\n")
                break
        if len(first) != len(second):
            longer, name = (first, "First") if len(first) > len(second) else (second, "Second")
            count = len(longer) - shorter
            lines.append(
                f"{name} {kind.lower()} contains {count} additional elements.\n"
                f"First extra element {shorter}:\n{_short(longer[shorter])}\n"
            )
        difference = _difference(pformat(first).splitlines(), pformat(second).splitlines())
        standard = "\n".join(lines) + "\n" + difference.lstrip("\n")
        self.fail(self._formatMessage(msg, standard))

    def assertSetEqual(self, set1, set2, msg=None):
        if set1 == set2:
            return
        lines = []
        for title, extra in (("first", set1 - set2), ("second", set2 - set1)):
            if extra:
                lines.append(f"Items in the {title} set but not the {'second' if title == 'first' else 'first'}:")
                lines.extend([repr(item) for item in extra])
        self.fail(self._formatMessage(msg, "\n".join(lines)))

    def assertCountEqual(self, first, second, msg=None):
        rest = list(second)
        missing = []
        for item in first:
            if item in rest:
                rest.remove(item)
            else:
                missing.append(item)
        if missing or rest:
            counts = []
            for item in missing + rest:
                entry = (list(first).count(item), list(second).count(item), item)
                if entry not in counts:
                    counts.append(entry)
            lines = ["Element counts were not equal:"]
            lines.extend([f"First has {one}, Second has {two}:  {item!r}" for one, two, item in counts])
            self.fail(self._formatMessage(msg, "\n".join(lines)))

    def assertRegex(self, text, expected_regex, msg=None):
        if not _searched(expected_regex, text):
            pattern = expected_regex if isinstance(expected_regex, str) else expected_regex.pattern
            self.fail(self._formatMessage(msg, f"Regex didn't match: {pattern!r} not found in {text!r}"))

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        found = _searched(unexpected_regex, text)
        if found:
            pattern = unexpected_regex if isinstance(unexpected_regex, str) else unexpected_regex.pattern
            standard = f"Regex matched: {found.group()!r} matches {pattern!r} in {text!r}"
            self.fail(self._formatMessage(msg, standard))

    def assertRaises(self, expected_exception, *args, **kwargs):
        msg = kwargs.pop("msg", None) if not args else None
        context = _Raises(self, expected_exception, None, msg, args[0] if args else None)
        if not args:
            return context
        called, *rest = args
        with context:
            called(*rest, **kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        msg = kwargs.pop("msg", None) if not args else None
        context = _Raises(self, expected_exception, expected_regex, msg, args[0] if args else None)
        if not args:
            return context
        called, *rest = args
        with context:
            called(*rest, **kwargs)

    def run(self, result=None):
        result = TestResult() if result is None else result
        result.startTest(self)
        self._attempt(result)
        result.stopTest(self)
        return result

    def _attempt(self, result):
        for skipped, reason in _skipped_classes:
            if isinstance(self, skipped):
                result.addSkip(self, reason)
                return
        test = getattr(self, self._testMethodName)
        if isinstance(test, _Skipped):
            result.addSkip(self, test.reason)
            return
        expected = isinstance(test, _BoundExpected)
        before = len(result.failures) + len(result.errors)
        self._result = result
        if _guarded(self, result, self.setUp, False):
            failed = not _guarded(self, result, test, expected)
            _guarded(self, result, self.tearDown, False)
            if expected and not failed:
                result.addUnexpectedSuccess(self)
                self.doCleanups()
                return
        else:
            failed = True
        while self._cleanups:
            function, args, kwargs = self._cleanups.pop()
            if not _guarded(self, result, lambda: function(*args, **kwargs), False):
                failed = True
        if not failed and len(result.failures) + len(result.errors) == before:
            result.addSuccess(self)

    def __call__(self, *args, **kwargs):
        return self.run(*args, **kwargs)

    def debug(self):
        self.setUp()
        getattr(self, self._testMethodName)()
        self.tearDown()
        self.doCleanups()


# Calls a part of a test, and tells the result how it went wrong. True: it went well.
def _guarded(case, result, call, expected):
    try:
        call()
        return True
    except KeyboardInterrupt:
        raise
    except SkipTest as skipped:
        result.addSkip(case, str(skipped))
    except case.failureException as error:
        if expected:
            result.addExpectedFailure(case, error)
        else:
            result.addFailure(case, error)
    except BaseException as error:
        if isinstance(error, SystemExit) and case is None:
            raise
        if expected:
            result.addExpectedFailure(case, error)
        else:
            result.addError(case, error)
    return False


class _SubTest:
    def __init__(self, case, message, params):
        self._case = case
        self._message = message
        self._params = params

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        if kind is None:
            return False
        if not isinstance(exception, Exception):
            return False
        result = self._case._result
        if isinstance(exception, SkipTest):
            result.addSkip(self, str(exception))
        elif isinstance(exception, self._case.failureException):
            result.addFailure(self, exception)
        else:
            result.addError(self, exception)
        return True

    def __str__(self):
        parts = []
        if self._message is not None:
            parts.append(f"[{self._message}]")
        if self._params:
            parts.append("(" + ", ".join([f"{name}={value!r}" for name, value in self._params.items()]) + ")")
        return f"{self._case} {' '.join(parts) or '(<subtest>)'}"

    def shortDescription(self):
        return self._case.shortDescription()

    def id(self):
        return self._case.id()


# Lines of two texts, as a list of what differs.
def _difference(first, second):
    table = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in range(len(first) - 1, -1, -1):
        for j in range(len(second) - 1, -1, -1):
            if first[i] == second[j]:
                table[i][j] = table[i + 1][j + 1] + 1
            else:
                table[i][j] = max(table[i + 1][j], table[i][j + 1])
    lines = []
    i = j = 0
    while i < len(first) or j < len(second):
        if i < len(first) and j < len(second) and first[i] == second[j]:
            lines.append("  " + first[i])
            i += 1
            j += 1
        elif i < len(first) and (j == len(second) or table[i + 1][j] >= table[i][j + 1]):
            lines.append("- " + first[i])
            i += 1
        else:
            lines.append("+ " + second[j])
            j += 1
    return "\n".join(lines) + "\n"


class TestResult:
    def __init__(self, stream=None, descriptions=None, verbosity=None):
        self.failures = []
        self.errors = []
        self.skipped = []
        self.expectedFailures = []
        self.unexpectedSuccesses = []
        self._run = 0
        self._stop = False
        self.failfast = False
        # The class whose tests run, and whether its `setUpClass` went well.
        self._class = [None, True]

    @property
    def testsRun(self):
        return self._run

    @property
    def shouldStop(self):
        return self._stop

    def stop(self):
        self._stop = True

    def startTest(self, test):
        self._run += 1

    def stopTest(self, test):
        pass

    def addSuccess(self, test):
        pass

    def addFailure(self, test, error):
        self.failures.append((test, _told(error)))

    def addError(self, test, error):
        self.errors.append((test, _told(error)))

    def addSkip(self, test, reason):
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, error):
        self.expectedFailures.append((test, _told(error)))

    def addUnexpectedSuccess(self, test):
        self.unexpectedSuccesses.append(test)

    def wasSuccessful(self):
        return not (self.failures or self.errors or self.unexpectedSuccesses)


def _told(error):
    if isinstance(error, tuple):
        error = error[1]
    return "".join(_format_exception(error))


class TextTestResult(TestResult):
    def __init__(self, stream, descriptions, verbosity):
        super().__init__(stream, descriptions, verbosity)
        self._stream = stream
        self._descriptions = descriptions
        self._verbosity = verbosity
        self._newline = True

    def getDescription(self, test):
        short = test.shortDescription() if hasattr(test, "shortDescription") else None
        return f"{test}\n{short}" if self._descriptions and short else str(test)

    def _show(self, test, long, short):
        if self._verbosity > 1:
            inner = isinstance(test, _SubTest)
            if inner or self._newline:
                if not self._newline:
                    self._stream.write("\n")
                if inner:
                    self._stream.write("  ")
                self._stream.write(self.getDescription(test) + " ... ")
            self._stream.write(long + "\n")
            self._newline = True
        elif self._verbosity == 1:
            self._stream.write(short)

    def startTest(self, test):
        super().startTest(test)
        if self._verbosity > 1:
            self._stream.write(self.getDescription(test) + " ... ")
            self._newline = False

    def addSuccess(self, test):
        super().addSuccess(test)
        self._show(test, "ok", ".")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._show(test, "FAIL", "F")

    def addError(self, test, error):
        super().addError(test, error)
        self._show(test, "ERROR", "E")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self._show(test, f"skipped {reason!r}", "s")

    def addExpectedFailure(self, test, error):
        super().addExpectedFailure(test, error)
        self._show(test, "expected failure", "x")

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self._show(test, "unexpected success", "u")

    def printErrors(self):
        if self._verbosity > 0:
            self._stream.write("\n")
        for kind, entries in (("ERROR", self.errors), ("FAIL", self.failures)):
            for test, text in entries:
                self._stream.write("=" * 70 + "\n")
                self._stream.write(f"{kind}: {self.getDescription(test)}\n")
                self._stream.write("-" * 70 + "\n")
                self._stream.write(text + "\n")
        if self.unexpectedSuccesses:
            self._stream.write("=" * 70 + "\n")
            for test in self.unexpectedSuccesses:
                self._stream.write(f"UNEXPECTED SUCCESS: {self.getDescription(test)}\n")


class TestSuite:
    def __init__(self, tests=()):
        self._tests = []
        self.addTests(tests)

    def addTest(self, test):
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        self._tests.append(test)

    def addTests(self, tests):
        for test in tests:
            self.addTest(test)

    def __iter__(self):
        return iter(self._tests)

    def countTestCases(self):
        return sum([test.countTestCases() for test in self._tests])

    def run(self, result):
        self._go(result)
        _leave(result)
        return result

    def _go(self, result):
        for test in self._tests:
            if result.shouldStop:
                break
            if isinstance(test, TestSuite):
                test._go(result)
                continue
            if not _enter(result, type(test)):
                continue
            test.run(result)

    def __call__(self, result):
        return self.run(result)

    def __repr__(self):
        return f"<unittest.suite.TestSuite tests={self._tests!r}>"


class _Class:
    def __init__(self, kind, hook):
        self._kind = kind
        self._hook = hook

    def __str__(self):
        return f"{self._hook} ({self._kind.__module__}.{self._kind.__qualname__})"

    failureException = ()


# Goes over to the tests of a class. False: its `setUpClass` failed.
def _enter(result, kind):
    state = result._class
    if state[0] is kind:
        return state[1]
    _leave(result)
    state[0] = kind
    state[1] = True
    for skipped, reason in _skipped_classes:
        if issubclass(kind, skipped):
            return True
    state[1] = _guarded(_Class(kind, "setUpClass"), result, kind.setUpClass, False)
    return state[1]


def _leave(result):
    state = result._class
    kind, entered = state[0], state[1]
    state[0] = None
    if kind is not None and entered and not any([issubclass(kind, skipped) for skipped, _ in _skipped_classes]):
        _guarded(_Class(kind, "tearDownClass"), result, kind.tearDownClass, False)


class TestLoader:
    testMethodPrefix = "test"

    def getTestCaseNames(self, testCaseClass):
        return sorted([name for name in _names(testCaseClass) if name.startswith(self.testMethodPrefix)])

    def loadTestsFromTestCase(self, testCaseClass):
        names = self.getTestCaseNames(testCaseClass)
        if not names and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return TestSuite([testCaseClass(name) for name in names])

    def loadTestsFromModule(self, module=None):
        return TestSuite([self.loadTestsFromTestCase(kind) for kind in _kinds(module)])

    def loadTestsFromName(self, name, module=None):
        kind, dot, method = name.partition(".")
        for case in reversed(_kinds(module)):
            if case.__name__ == kind:
                return TestSuite([case(method)]) if dot else self.loadTestsFromTestCase(case)
        of = "__main__" if module is None or isinstance(module, str) else module.__name__
        raise AttributeError(f"module {of!r} has no attribute {kind!r}")

    def loadTestsFromNames(self, names, module=None):
        return TestSuite([self.loadTestsFromName(name, module) for name in names])


# The classes of tests in a module; for the scenario itself, all that there are.
def _kinds(module):
    if module is None or isinstance(module, str):
        return sorted(_found, key=lambda kind: kind.__name__)
    members = [getattr(module, name, None) for name in dir(module)]
    return [member for member in members if isinstance(member, type) and member in _found]


# Every name that a class and its bases bind.
def _names(kind):
    names = set()
    for base in kind.__mro__:
        if base is not object:
            names.update(vars(base))
    return names


defaultTestLoader = TestLoader()


def makeSuite(testCaseClass, prefix="test", sortUsing=None):
    return defaultTestLoader.loadTestsFromTestCase(testCaseClass)


class TextTestRunner:
    resultclass = TextTestResult

    def __init__(
        self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None, **options
    ):
        self._stream = _sys.stderr if stream is None else stream
        self._descriptions = descriptions
        self._verbosity = verbosity

    def run(self, test):
        result = self.resultclass(self._stream, self._descriptions, self._verbosity)
        begin = _perf_counter()
        test(result)
        taken = _perf_counter() - begin
        result.printErrors()
        write = self._stream.write
        write("-" * 70 + "\n")
        write(f"Ran {result.testsRun} test{'' if result.testsRun == 1 else 's'} in {taken:.3f}s\n\n")
        if result.wasSuccessful():
            text = "OK"
        else:
            text = "FAILED"
        details = []
        if result.failures:
            details.append(f"failures={len(result.failures)}")
        if result.errors:
            details.append(f"errors={len(result.errors)}")
        if result.skipped:
            details.append(f"skipped={len(result.skipped)}")
        if result.expectedFailures:
            details.append(f"expected failures={len(result.expectedFailures)}")
        if result.unexpectedSuccesses:
            details.append(f"unexpected successes={len(result.unexpectedSuccesses)}")
        write(text + (f" ({', '.join(details)})" if details else "") + "\n")
        return result


class _Program:
    def __init__(self, result):
        self.result = result


def main(module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=defaultTestLoader, exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None):
    argv = list(_sys.argv if argv is None else argv)
    names = []
    for arg in argv[1:]:
        if arg in ("-v", "--verbose"):
            verbosity = 2
        elif arg in ("-q", "--quiet"):
            verbosity = 0
        elif not arg.startswith("-"):
            names.append(arg)
    if not names and defaultTest is not None:
        names = [defaultTest] if isinstance(defaultTest, str) else list(defaultTest)
    suite = testLoader.loadTestsFromNames(names, module) if names else testLoader.loadTestsFromModule(module)
    if testRunner is None:
        testRunner = TextTestRunner
    runner = testRunner(verbosity=verbosity) if isinstance(testRunner, type) else testRunner
    result = runner.run(suite)
    if exit:
        _sys.exit(not result.wasSuccessful())
    return _Program(result)

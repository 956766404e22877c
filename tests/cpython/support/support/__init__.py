"""What CPython's tests take from `test.support`, as far as they need it here."""

import contextlib
import functools
import gc
import io
import sys
import time
import unittest

verbose = 0
SHORT_TIMEOUT = 30.0
LONG_TIMEOUT = 300.0
LOOPBACK_TIMEOUT = 5.0
INTERNET_TIMEOUT = 60.0
C_RECURSION_LIMIT = 1000
MISSING_C_DOCSTRINGS = False
HAVE_DOCSTRINGS = True
NEVER_EQ = object()
is_emscripten = is_wasi = is_jython = False
Py_DEBUG = False
MAX_Py_ssize_t = sys.maxsize


def gc_collect():
    gc.collect()


def cpython_only(test):
    return unittest.skip("about CPython's insides")(test)


def impl_detail(why="", **guards):
    return unittest.skip("about CPython's insides")


def check_impl_detail(**guards):
    return False


def bigmemtest(size, memuse, dry_run=True):
    return unittest.skip("needs much memory")


def bigaddrspacetest(test):
    return unittest.skip("needs much memory")(test)


def requires_resource(name):
    return unittest.skip("needs a resource")


def requires_subprocess():
    return unittest.skip("starts programs")


def requires_fork():
    return unittest.skip("forks")


has_fork_support = False
has_subprocess_support = False


def refcount_test(test):
    return unittest.skip("counts references")(test)


def requires_docstrings(test):
    return test


def no_tracing(test):
    return test


def check_sizeof(test, o, size):
    test.skipTest("about CPython's insides")


check_free_after_iterating = check_sizeof


def check_disallow_instantiation(testcase, tp, *args, **kwds):
    testcase.skipTest("about CPython's insides")


def catch_unraisable_exception():
    raise unittest.SkipTest("replaces sys.unraisablehook")


class Infinite:
    def __len__(self):
        return 10**9


def set_recursion_limit(limit):
    return contextlib.nullcontext()


infinite_recursion = set_recursion_limit


def sleeping_retry(timeout, err_msg=None, /, *, init_delay=0.010, max_delay=1.0, error=True):
    end = time.monotonic() + timeout
    while True:
        yield
        if time.monotonic() >= end:
            break
        time.sleep(init_delay)
    if error:
        raise AssertionError(f"timed out after {timeout} seconds")


busy_retry = sleeping_retry


def reap_children():
    pass


def check_sanitizer(**kinds):
    return False


def check_syntax_error(testcase, statement, errtext="", *, lineno=None, offset=None):
    testcase.skipTest("compiles text")


def adjust_int_max_str_digits(digits):
    return contextlib.nullcontext()


class _Captured:
    def __init__(self, name):
        self.name = name
        self.text = io.StringIO()


@contextlib.contextmanager
def swap_attr(obj, attr, new_val):
    had = hasattr(obj, attr)
    old = getattr(obj, attr, None)
    setattr(obj, attr, new_val)
    try:
        yield old
    finally:
        if had:
            setattr(obj, attr, old)
        else:
            delattr(obj, attr)


class _AlwaysEqual:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False


class _NeverEqual:
    def __eq__(self, other):
        return False

    def __ne__(self, other):
        return True

    def __hash__(self):
        return 1


ALWAYS_EQ = _AlwaysEqual()
NEVER_EQ = _NeverEqual()


def sortdict(mapping):
    return "{" + ", ".join(f"{key!r}: {mapping[key]!r}" for key in sorted(mapping)) + "}"


def run_with_locale(*names):
    return lambda test: test


def captured_stdout():
    raise unittest.SkipTest("replaces sys.stdout")


captured_stderr = captured_stdin = captured_output = captured_stdout

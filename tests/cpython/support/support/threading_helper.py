"""Threads that a test starts are to end with it."""

import contextlib
import functools
import threading
import unittest

from test import support


def threading_setup():
    return (threading.active_count(),)


def threading_cleanup(*before):
    pass


def reap_threads(test):
    return test


def requires_working_threading(*, module=False):
    return lambda test: test


def join_thread(thread, timeout=None):
    thread.join(support.SHORT_TIMEOUT if timeout is None else timeout)
    if thread.is_alive():
        raise AssertionError("failed to join the thread")


@contextlib.contextmanager
def start_threads(threads, unlock=None):
    threads = list(threads)
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        if unlock:
            unlock()
        for thread in threads:
            thread.join(support.SHORT_TIMEOUT)


@contextlib.contextmanager
def wait_threads_exit(timeout=None):
    before = threading.active_count()
    yield
    for thread in threading.enumerate():
        if threading.active_count() <= before:
            break
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(support.SHORT_TIMEOUT)


class catch_threading_exception:
    def __init__(self):
        self.exc_type = self.exc_value = self.exc_traceback = self.thread = None
        self._before = None

    def _hook(self, args):
        self.exc_type, self.exc_value = args.exc_type, args.exc_value
        self.exc_traceback, self.thread = args.exc_traceback, args.thread

    def __enter__(self):
        self._before = threading.excepthook
        threading.excepthook = self._hook
        return self

    def __exit__(self, *details):
        threading.excepthook = self._before

"""Modules are imported once here, and all that is native stays native."""

import bisect
import collections
import functools
import heapq
import queue
import unittest

KNOWN = {"bisect": bisect, "collections": collections, "functools": functools, "heapq": heapq, "queue": queue}


def import_fresh_module(name, fresh=(), blocked=(), deprecated=False):
    return KNOWN.get(name)


def import_module(name, deprecated=False, *, required_on=()):
    if name in KNOWN:
        return KNOWN[name]
    raise unittest.SkipTest("No module named " + name)

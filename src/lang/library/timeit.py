# How long a function takes.

from time import perf_counter as default_timer


def timeit(stmt, setup=None, timer=default_timer, number=1000000):
    if not callable(stmt):
        raise ValueError("stmt is neither a string nor callable")
    if setup is not None:
        setup()
    begin = timer()
    for _ in range(number):
        stmt()
    return timer() - begin


def repeat(stmt, setup=None, timer=default_timer, repeat=5, number=1000000):
    return [timeit(stmt, setup, timer, number) for _ in range(repeat)]

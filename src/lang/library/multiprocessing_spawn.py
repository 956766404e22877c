# What a process does that was spawned, once it has run the program's module: what it was made for.

from multiprocessing import _begin, freeze_support

_begin()

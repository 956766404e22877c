# What an operating system says of a process: made up, and the same in every run. Only `os.path` is about files: their names.

import os.path as path

name = "posix"
sep = "/"
linesep = "\n"


class _Environment:
    def get(self, key, default=None):
        return default

    def __getitem__(self, key):
        raise KeyError(key)

    def __contains__(self, key):
        return False

    def __len__(self):
        return 0

    def __iter__(self):
        return iter(())

    def keys(self):
        return {}.keys()

    def items(self):
        return {}.items()

    def __repr__(self):
        return "environ({})"


environ = _Environment()


def getenv(key, default=None):
    return default


def getpid():
    return 4242


def cpu_count():
    return 4

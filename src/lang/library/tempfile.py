# Files for a while. They are there in the run alone: the disk has none of them.

import os as _os
from io import BytesIO as _BytesIO
from io import StringIO as _StringIO
from io import open as _open
from random import Random as _Random
from shutil import rmtree as _rmtree

_source = _Random()
_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_"
tempdir = None


def gettempdir():
    return "/tmp/raddle"


def gettempprefix():
    return "tmp"


def _name(suffix, prefix, dir):
    letters = "".join([_source.choice(_LETTERS) for _ in range(8)])
    return _os.path.join(gettempdir() if dir is None else dir, (prefix or "tmp") + letters + (suffix or ""))


def mkdtemp(suffix=None, prefix=None, dir=None):
    path = _name(suffix, prefix, dir)
    _os.mkdir(path)
    return path


def mktemp(suffix="", prefix="tmp", dir=None):
    return _name(suffix, prefix, dir)


class _Temporary:
    def __init__(self, file, name, delete):
        self.file = file
        self.name = name
        self._delete = delete

    def __getattr__(self, name):
        return getattr(self.file, name)

    def __iter__(self):
        return iter(self.file)

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        self.close()

    def close(self):
        self.file.close()
        if self._delete and _os.path.exists(self.name):
            _os.remove(self.name)


def NamedTemporaryFile(
    mode="w+b", buffering=-1, encoding=None, newline=None, suffix=None, prefix=None, dir=None, delete=True, *, errors=None
):
    name = _name(suffix, prefix, dir)
    file = _open(name, mode.replace("w", "x"), buffering, encoding, errors, newline)
    return _Temporary(file, name, delete)


TemporaryFile = NamedTemporaryFile


def SpooledTemporaryFile(max_size=0, mode="w+b", buffering=-1, encoding=None, newline=None):
    return _BytesIO() if "b" in mode else _StringIO()


class TemporaryDirectory:
    def __init__(self, suffix=None, prefix=None, dir=None, ignore_cleanup_errors=False):
        self.name = mkdtemp(suffix, prefix, dir)

    def cleanup(self):
        if _os.path.exists(self.name):
            _rmtree(self.name)

    def __enter__(self):
        return self.name

    def __exit__(self, kind, exception, traceback):
        self.cleanup()

    def __repr__(self):
        return f"<TemporaryDirectory {self.name!r}>"

# Whole files and folders, and the terminal.

import os as _os
from collections import namedtuple as _namedtuple
from io import open as _open


class Error(OSError):
    pass


class SameFileError(Error):
    pass


class _TerminalSize(_namedtuple("terminal_size", ["columns", "lines"])):
    def __repr__(self):
        return f"os.terminal_size(columns={self.columns}, lines={self.lines})"


def get_terminal_size(fallback=(80, 24)):
    return _TerminalSize(*fallback)


def copyfile(src, dst, *, follow_symlinks=True):
    if _os.path.samefile(src, dst):
        raise SameFileError(f"{src!r} and {dst!r} are the same file")
    with _open(src, "rb") as source, _open(dst, "wb") as target:
        target.write(source.read())
    return dst


def copyfileobj(fsrc, fdst, length=0):
    fdst.write(fsrc.read())


def copy(src, dst, *, follow_symlinks=True):
    if _os.path.isdir(dst):
        dst = _os.path.join(dst, _os.path.basename(src))
    return copyfile(src, dst)


copy2 = copy


def copytree(src, dst, dirs_exist_ok=False):
    _os.makedirs(dst, exist_ok=dirs_exist_ok)
    for name in _os.listdir(src):
        inner = _os.path.join(src, name)
        if _os.path.isdir(inner):
            copytree(inner, _os.path.join(dst, name), dirs_exist_ok)
        else:
            copyfile(inner, _os.path.join(dst, name))
    return dst


def rmtree(path, ignore_errors=False, onerror=None):
    try:
        for name in _os.listdir(path):
            inner = _os.path.join(path, name)
            if _os.path.isdir(inner):
                rmtree(inner, ignore_errors)
            else:
                _os.remove(inner)
        _os.rmdir(path)
    except OSError:
        if not ignore_errors:
            raise


def move(src, dst):
    if _os.path.isdir(dst):
        dst = _os.path.join(dst, _os.path.basename(src))
    _os.rename(src, dst)
    return dst


def which(cmd, mode=1, path=None):
    return None

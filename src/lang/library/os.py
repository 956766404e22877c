# What an operating system says of a process, which is made up and the same in every run; and folders and files.

import os.path as path
from os.path import _error
from os.path import _named
from os.path import _place
from secrets import token_bytes as _token_bytes

name = "posix"
sep = "/"
curdir = "."
pardir = ".."
extsep = "."
pathsep = ":"
devnull = "/dev/null"
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4
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
    return __getpid()


def getppid():
    return __getppid()


def _exit(status):
    __process_leave(status)


# The program's own random numbers stay what they are without it.
def urandom(size, /):
    return _token_bytes(size)


def cpu_count():
    return 4


def kill(pid, sig, /):
    number = int(sig)
    if number < 0 or number > 64:
        raise OSError(22, "Invalid argument")
    if number and pid == getpid():
        __raise_signal(number, 1)
    elif not __process_signal(pid, number):
        raise ProcessLookupError(3, "No such process")


def getcwd():
    return __here()


# No other program is started: only what clears a screen is known, and has nothing to clear.
def system(command):
    if command.strip() in ("clear", "cls", ""):
        return 0
    raise NotImplementedError(f"raddle starts no other programs: {command!r}")


def chdir(path):
    _did(__path_go(_place(path)), path)


def fspath(path):
    return _named(path) if not isinstance(path, bytes) else path


def _did(result, name, second=None):
    if isinstance(result, int) and result < 0:
        raise _error(result, name, second)
    return result


def listdir(path="."):
    return _did(__path_list(_place(path)), path)


def mkdir(path, mode=0o777):
    _did(__path_make(_place(path)), path)


def makedirs(name, mode=0o777, exist_ok=False):
    head, tail = path.split(_named(name))
    if not tail:
        head, tail = path.split(head)
    if head and tail and not path.exists(head):
        try:
            makedirs(head, exist_ok=exist_ok)
        except FileExistsError:
            pass
    try:
        mkdir(name, mode)
    except OSError:
        if not exist_ok or not path.isdir(name):
            raise


def remove(path):
    _did(__path_remove(_place(path)), path)


unlink = remove


def rmdir(path):
    _did(__path_remove_folder(_place(path)), path)


def removedirs(name):
    rmdir(name)
    head, tail = path.split(_named(name))
    while head and tail:
        try:
            rmdir(head)
        except OSError:
            break
        head, tail = path.split(head)


def rename(src, dst):
    _did(__path_move(_place(src), _place(dst)), src, dst)


replace = rename


def renames(old, new):
    head = path.dirname(new)
    if head and not path.exists(head):
        makedirs(head)
    rename(old, new)


class stat_result:
    def __init__(self, mode, size):
        self.st_mode = mode
        self.st_size = size
        self.st_mtime = 0.0


def stat(path):
    folder, size = _did(__path_look(_place(path)), path)
    return stat_result(0o040755 if folder else 0o100644, size)


def access(path, mode):
    return not isinstance(__path_look(_place(path)), int)


class DirEntry:
    def __init__(self, name, path):
        self.name = name
        self.path = path

    def is_file(self, *, follow_symlinks=True):
        return path.isfile(self.path)

    def is_dir(self, *, follow_symlinks=True):
        return path.isdir(self.path)

    def stat(self):
        return stat(self.path)

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class _Entries:
    def __init__(self, folder):
        self._left = iter([DirEntry(name, path.join(folder, name)) for name in listdir(folder)])

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._left)

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        pass

    def close(self):
        pass


def scandir(path="."):
    return _Entries(path)


def walk(top, topdown=True, onerror=None, followlinks=False):
    folders = []
    files = []
    try:
        names = listdir(top)
    except OSError as error:
        if onerror is not None:
            onerror(error)
        return
    for name in names:
        (folders if path.isdir(path.join(top, name)) else files).append(name)
    if topdown:
        yield top, folders, files
    for name in folders:
        yield from walk(path.join(top, name), topdown, onerror)
    if not topdown:
        yield top, folders, files

# Paths as objects.

import fnmatch as _fnmatch
import os as _os
from io import open as _open


class PurePath:
    # There is one kind of paths here.
    def __new__(cls, *args):
        return object.__new__(PurePosixPath if cls is PurePath else PosixPath if cls is Path else cls)

    def __init__(self, *args):
        parts = []
        root = ""
        for arg in args:
            text = _os.fspath(arg)
            if text.startswith("/"):
                root = "/"
                parts = []
            parts.extend([part for part in text.split("/") if part and part != "."])
        self._root = root
        self._names = tuple(parts)

    def _made(self, root, names):
        path = type(self)()
        path._root = root
        path._names = tuple(names)
        return path

    def __str__(self):
        return self._root + "/".join(self._names) or "."

    def __fspath__(self):
        return str(self)

    def as_posix(self):
        return str(self)

    def as_uri(self):
        return "file://" + str(self)

    def __repr__(self):
        return f"{type(self).__name__}({str(self)!r})"

    def __truediv__(self, key):
        if not isinstance(key, (str, PurePath)):
            return NotImplemented
        return type(self)(self, key)

    def __rtruediv__(self, key):
        return type(self)(key, self)

    def joinpath(self, *args):
        return type(self)(self, *args)

    def __eq__(self, other):
        if not isinstance(other, PurePath):
            return NotImplemented
        return self._root == other._root and self._names == other._names

    def __hash__(self):
        return hash((self._root, self._names))

    def __lt__(self, other):
        return self.parts < other.parts

    def __le__(self, other):
        return self.parts <= other.parts

    def __gt__(self, other):
        return self.parts > other.parts

    def __ge__(self, other):
        return self.parts >= other.parts

    @property
    def parts(self):
        return ((self._root,) if self._root else ()) + self._names

    @property
    def drive(self):
        return ""

    @property
    def root(self):
        return self._root

    anchor = root

    @property
    def name(self):
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        at = self.name.rfind(".")
        return self.name[at:] if 0 < at < len(self.name) - 1 else ""

    @property
    def suffixes(self):
        if self.name.endswith("."):
            return []
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        return self.name[: len(self.name) - len(self.suffix)] if self.suffix else self.name

    @property
    def parent(self):
        return self._made(self._root, self._names[:-1])

    @property
    def parents(self):
        count = len(self._names)
        return tuple([self._made(self._root, self._names[:length]) for length in range(count - 1, -1, -1)])

    def with_name(self, name):
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        if not name or "/" in name or name == ".":
            raise ValueError(f"Invalid name {name!r}")
        return self._made(self._root, self._names[:-1] + (name,))

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if suffix and (not suffix.startswith(".") or suffix == "."):
            raise ValueError(f"Invalid suffix {suffix!r}")
        if not self.name:
            raise ValueError(f"{self!r} has an empty name")
        return self.with_name(self.stem + suffix)

    def is_absolute(self):
        return self._root == "/"

    def is_relative_to(self, *other):
        base = type(self)(*other)
        return self._root == base._root and self._names[: len(base._names)] == base._names

    def relative_to(self, *other):
        base = type(self)(*other)
        if not self.is_relative_to(base):
            raise ValueError(
                f"{str(self)!r} is not in the subpath of {str(base)!r} OR one path is relative and the other is absolute."
            )
        return self._made("", self._names[len(base._names) :])

    def match(self, path_pattern):
        wanted = path_pattern.split("/")
        names = self._names[-len(wanted) :]
        return len(names) == len(wanted) and all(
            [_fnmatch.fnmatchcase(name, pattern) for name, pattern in zip(names, wanted)]
        )


class PurePosixPath(PurePath):
    pass


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(_os.getcwd())

    def absolute(self):
        return self if self.is_absolute() else type(self)(_os.getcwd(), self)

    def resolve(self, strict=False):
        return type(self)(_os.path.abspath(self))

    def expanduser(self):
        return self

    def exists(self):
        return _os.path.exists(self)

    def is_file(self):
        return _os.path.isfile(self)

    def is_dir(self):
        return _os.path.isdir(self)

    def samefile(self, other_path):
        return _os.path.samefile(self, other_path)

    def is_symlink(self):
        return False

    def stat(self):
        return _os.stat(str(self))

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return _open(self, mode, buffering, encoding, errors, newline)

    def read_text(self, encoding=None, errors=None):
        with _open(self, "r", -1, encoding, errors) as file:
            return file.read()

    def read_bytes(self):
        with _open(self, "rb") as file:
            return file.read()

    def write_text(self, data, encoding=None, errors=None, newline=None):
        if not isinstance(data, str):
            raise TypeError(f"data must be str, not {type(data).__name__}")
        with _open(self, "w", -1, encoding, errors, newline) as file:
            return file.write(data)

    def write_bytes(self, data):
        with _open(self, "wb") as file:
            return file.write(data)

    def touch(self, mode=0o666, exist_ok=True):
        if not exist_ok and self.exists():
            raise FileExistsError(17, "File exists", str(self))
        with _open(self, "a"):
            pass

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        try:
            _os.mkdir(str(self), mode)
        except FileNotFoundError:
            if not parents or self.parent == self:
                raise
            self.parent.mkdir(parents=True, exist_ok=True)
            self.mkdir(mode, parents=False, exist_ok=exist_ok)
        except OSError:
            if not exist_ok or not self.is_dir():
                raise

    def rmdir(self):
        _os.rmdir(str(self))

    def unlink(self, missing_ok=False):
        try:
            _os.remove(str(self))
        except FileNotFoundError:
            if not missing_ok:
                raise

    def rename(self, target):
        _os.rename(str(self), _os.fspath(target))
        return type(self)(target)

    replace = rename

    def iterdir(self):
        for name in _os.listdir(str(self)):
            yield self / name

    def glob(self, pattern):
        return self._found(pattern.split("/"))

    def rglob(self, pattern):
        return self._found(["**", *pattern.split("/")])

    def _found(self, parts):
        first, rest = parts[0], parts[1:]
        if first == "**":
            if rest:
                yield from self._found(rest)
            else:
                yield self
            for name in _os.listdir(str(self)):
                inner = self / name
                if inner.is_dir():
                    yield from inner._found(parts)
            return
        for name in _os.listdir(str(self)):
            if _fnmatch.fnmatchcase(name, first):
                inner = self / name
                if not rest:
                    yield inner
                elif inner.is_dir():
                    yield from inner._found(rest)


class PosixPath(Path, PurePosixPath):
    pass

# Text and bytes that are written to like a file, files, and what is typed.

from os.path import _error
from os.path import _named
from os.path import _place
import sys as _sys

SEEK_SET = 0
SEEK_CUR = 1
SEEK_END = 2
DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    __module__ = "io"


class _Stream:
    def readable(self):
        return True

    def writable(self):
        return True

    def seekable(self):
        return True

    def isatty(self):
        return False

    def flush(self):
        pass

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def readlines(self, hint=-1):
        if hint is None or hint <= 0:
            return list(self)
        lines = []
        for line in self:
            lines.append(line)
            hint -= len(line)
            if hint <= 0:
                break
        return lines

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        self.close()


class StringIO(_Stream):
    def __init__(self, initial_value="", newline="\n"):
        self._text = initial_value or self._nothing
        self._at = 0
        self._closed = False

    _nothing = ""

    @property
    def closed(self):
        return self._closed

    def _check(self):
        if self._closed:
            raise ValueError("I/O operation on closed file")

    def getvalue(self):
        self._check()
        return self._text

    def _fits(self, text):
        if not isinstance(text, str):
            raise TypeError(f"string argument expected, got {type(text).__name__!r}")

    def write(self, text):
        self._check()
        self._fits(text)
        if self._at == len(self._text):
            self._text += text
        else:
            end = self._at + len(text)
            self._text = self._text[: self._at] + text + self._text[end:]
        self._at += len(text)
        return len(text)

    def read(self, size=-1):
        self._check()
        end = len(self._text) if size is None or size < 0 else self._at + size
        text = self._text[self._at : end]
        self._at += len(text)
        return text

    def readline(self, size=-1):
        self._check()
        end = self._text.find("\n" if self._nothing == "" else b"\n", self._at) + 1
        end = end or len(self._text)
        if size is not None and size >= 0:
            end = min(end, self._at + size)
        return self.read(end - self._at)

    def seek(self, pos, whence=0):
        self._check()
        if whence == 0 and pos < 0:
            raise ValueError(f"Negative seek position {pos}")
        self._at = pos if whence == 0 else len(self._text) + pos if whence == 2 else self._at + pos
        return self._at

    def tell(self):
        self._check()
        return self._at

    def truncate(self, size=None):
        self._check()
        size = self._at if size is None else size
        self._text = self._text[:size]
        return size

    def close(self):
        self._closed = True


class BytesIO(StringIO):
    _nothing = b""

    def _fits(self, text):
        if not isinstance(text, bytes):
            raise TypeError(f"a bytes-like object is required, not {type(text).__name__!r}")

    def getbuffer(self):
        return self.getvalue()


class IOBase(_Stream):
    pass


class TextIOBase(IOBase):
    pass


class RawIOBase(IOBase):
    pass


class BufferedIOBase(IOBase):
    pass


class _File(IOBase):
    def __init__(self, handle, name, mode, reads, writes):
        self._handle = handle
        self.name = name
        self.mode = mode
        self._reads = reads
        self._writes = writes

    @property
    def closed(self):
        return __file_tell(self._handle) is None

    def _told(self, result, doing="I/O operation on"):
        if result is None:
            text = isinstance(self, _TextFile)
            raise ValueError("I/O operation on closed file." if text else f"{doing} closed file")
        if isinstance(result, int) and result < 0:
            raise _error(result, self.name)
        return result

    def _may_read(self):
        if not self._reads:
            self._told(__file_tell(self._handle))
            raise UnsupportedOperation("not readable" if isinstance(self, _TextFile) else "read")

    def _may_write(self):
        if not self._writes:
            self._told(__file_tell(self._handle))
            raise UnsupportedOperation("not writable" if isinstance(self, _TextFile) else "write")

    def readable(self):
        return self._reads

    def writable(self):
        return self._writes

    def fileno(self):
        return self._handle + 3

    def tell(self):
        return self._told(__file_tell(self._handle))

    def seek(self, offset, whence=0):
        if whence == 0 and offset < 0:
            raise ValueError(f"negative seek position {offset}")
        return self._told(__file_seek(self._handle, offset, whence))

    def truncate(self, size=None):
        self._may_write()
        return self._told(__file_cut(self._handle, size))

    def flush(self):
        self._told(__file_flush(self._handle))

    def close(self):
        __file_close(self._handle)

    def __enter__(self):
        self._told(__file_tell(self._handle))
        return self


class _BinaryFile(_File):
    def read(self, size=-1):
        self._may_read()
        return self._told(__file_read(self._handle, -1 if size is None else size, False), "read of")

    read1 = read

    def readall(self):
        return self.read()

    def readline(self, size=-1):
        self._may_read()
        line = self._told(__file_line(self._handle), "readline of")
        if size is not None and 0 <= size < len(line):
            self.seek(size - len(line), 1)
            return line[:size]
        return line

    def peek(self, size=0):
        data = self.read()
        self.seek(-len(data), 1)
        return data

    def write(self, data):
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        self._may_write()
        return self._told(__file_write(self._handle, bytes(data)), "write to")

    def __repr__(self):
        kind = "BufferedRandom" if self._reads and self._writes else "BufferedReader" if self._reads else "BufferedWriter"
        return f"<_io.{kind} name={self.name!r}>"


class _TextFile(_File):
    def __init__(self, handle, name, mode, reads, writes, encoding, errors, newline):
        super().__init__(handle, name, mode, reads, writes)
        self.encoding = encoding
        self.errors = errors
        self._newline = newline

    # The bytes of a line, as far as it goes by what ends lines here.
    def _line(self):
        line = self._told(__file_line(self._handle))
        if self._newline == "\n" or b"\r" not in line and self._newline in (None, ""):
            return line
        if self._newline in ("\r", "\r\n"):
            end = self._newline.encode()
            more = line
            while more and end not in line:
                more = self._told(__file_line(self._handle))
                line += more
            cut = line.find(end) + len(end) if end in line else len(line)
        else:
            cut = line.find(b"\r") + 1
            cut += line[cut : cut + 1] == b"\n"
        if cut < len(line):
            __file_seek(self._handle, cut - len(line), 1)
        return line[:cut]

    def _text(self, data):
        text = data.decode(self.encoding, self.errors)
        if self._newline is None and "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return text

    def read(self, size=-1):
        self._may_read()
        return self._text(self._told(__file_read(self._handle, -1 if size is None else size, True)))

    def readline(self, size=-1):
        self._may_read()
        if size is not None and size >= 0:
            at = self.tell()
            line = self._line()
            text = line.decode(self.encoding, self.errors)[:size]
            self.seek(at + len(text.encode(self.encoding, self.errors)))
            return text
        return self._text(self._line())

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._may_write()
        plain = text
        if self._newline not in (None, "", "\n"):
            plain = text.replace("\n", self._newline)
        encoding = self.encoding
        if encoding == "utf-8-sig" and self.tell() > 0:
            encoding = "utf-8"  # what marks the encoding stands at the beginning alone
        self._told(__file_write(self._handle, plain.encode(encoding, self.errors)))
        return len(text)

    def seek(self, offset, whence=0):
        if whence == 1 and offset:
            raise UnsupportedOperation("can't do nonzero cur-relative seeks")
        if whence == 2 and offset:
            raise UnsupportedOperation("can't do nonzero end-relative seeks")
        return super().seek(offset, whence)

    def __repr__(self):
        return f"<_io.TextIOWrapper name={self.name!r} mode={self.mode!r} encoding={self.encoding!r}>"


TextIOWrapper = _TextFile


def _checked_mode(mode):
    if not isinstance(mode, str):
        raise TypeError(f"open() argument 'mode' must be str, not {type(mode).__name__}")
    if len(set(mode)) != len(mode) or any([letter not in "rwaxtb+" for letter in mode]):
        raise ValueError(f"invalid mode: {mode!r}")
    if "t" in mode and "b" in mode:
        raise ValueError("can't have text and binary mode at once")
    if sum([letter in mode for letter in "rwax"]) != 1:
        first = "must have exactly one of" if set(mode) & set("rwax") else "Must have exactly one of"
        more = "" if set(mode) & set("rwax") else " and at most one plus"
        raise ValueError(f"{first} create/read/write/append mode{more}")


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    name = file if isinstance(file, (str, bytes)) else _named(file)
    _checked_mode(mode)
    binary = "b" in mode
    if binary and encoding is not None:
        raise ValueError("binary mode doesn't take an encoding argument")
    if binary and errors is not None:
        raise ValueError("binary mode doesn't take an errors argument")
    if binary and newline is not None:
        raise ValueError("binary mode doesn't take a newline argument")
    if newline not in (None, "", "\n", "\r", "\r\n"):
        raise ValueError(f"illegal newline value: {newline!r}")
    reads = "r" in mode or "+" in mode
    writes = "r" not in mode or "+" in mode
    letters = ("r" if reads else "") + ("w" if writes else "") + ("a" if "a" in mode else "")
    letters += "" if "r" in mode else "c"
    letters += "x" if "x" in mode else "t" if "w" in mode else ""
    if encoding is not None:
        if len(" ".encode(encoding).replace(b"\xef\xbb\xbf", b"")) > 1:
            raise LookupError(f"raddle has no files in the encoding {encoding}")
    handle = __file_open(_place(name), letters)
    if handle < 0:
        raise _error(handle, name)
    if binary:
        return _BinaryFile(handle, name, mode.replace("b", "") + "b" if mode[0] != "b" else mode, reads, writes)
    encoding = "UTF-8" if encoding is None else encoding
    return _TextFile(handle, name, mode, reads, writes, encoding, "strict" if errors is None else errors, newline)


def input(prompt="", /):
    if prompt != "":
        _sys.stdout.write(str(prompt))
    line = _sys.stdin.readline()
    if line == "":
        raise EOFError("EOF when reading a line")
    return line.removesuffix("\n")

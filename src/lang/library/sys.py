# The command line, and what is about exceptions.

from sys import __stderr__ as _stderr
from sys import __stdout__ as _stdout

argv = list(__argv())


# What is typed.
class _Stdin:
    name = "<stdin>"
    mode = "r"
    encoding = "utf-8"

    def readline(self, size=-1):
        return __typed_line()

    def read(self, size=-1):
        return "".join(self)

    def readlines(self, hint=-1):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = __typed_line()
        if line == "":
            raise StopIteration
        return line

    def isatty(self):
        return False

    def fileno(self):
        return 0

    def close(self):
        pass


stdin = __stdin__ = _Stdin()
stdout = _stdout
stderr = _stderr


# The builtin `print`, in programs that put something in the place of `stdout`.
def _print(*values, sep=" ", end="\n", file=None, flush=False):
    out = stdout if file is None else file
    if out is not None:
        print(*values, sep=sep, end=end, file=out)
        if flush:
            out.flush()


byteorder = "little"
executable = "/usr/bin/python3"
hexversion = 0x030B00F0


def getdefaultencoding():
    return "utf-8"


def intern(string, /):
    return string


def exc_info():
    try:
        raise
    except RuntimeError as error:
        if str(error) == "No active exception to reraise":
            return None, None, None
        return type(error), error, error.__traceback__
    except BaseException as error:
        return type(error), error, error.__traceback__


def exception():
    return exc_info()[1]


def _getframe(depth=0, /):
    frame = __frame()
    for _ in range(depth):
        frame = frame.f_back
        if frame is None:
            raise ValueError("call stack is not deep enough")
    return frame


def __excepthook__(exctype, value, traceback, /):
    _stderr.write(__traceback(value))


excepthook = __excepthook__


# What the main thread does about an exception that ends it; false when the machine is to print the traceback.
def _tell(exception):
    hook = excepthook
    if hook is __excepthook__ or isinstance(exception, SystemExit):
        return False
    try:
        hook(type(exception), exception, exception.__traceback__)
    except BaseException as error:
        _stderr.write("Error in sys.excepthook:\n" + __traceback(error))
        _stderr.write("\nOriginal exception was:\n" + __traceback(exception))
    return True

# OSError and its family, warnings, and texts in codes.
o = OSError(2, "No such file")
print(o, o.errno, o.strerror, type(o), repr(o), o.args, o.filename)
o = OSError(2, "No such file", "f.txt")
print(o, o.filename, repr(o), o.args)
print(type(OSError(13, "x")), type(OSError(17, "x")), OSError("a"), OSError("a").errno, OSError())
for c in [FileExistsError, IsADirectoryError, NotADirectoryError, BrokenPipeError, ConnectionResetError, ConnectionRefusedError, ConnectionAbortedError, ProcessLookupError, ChildProcessError, BlockingIOError]:
    print(c.__name__, c.__mro__[1].__name__, c("x"))
print(StopIteration(3).value, SystemExit(4).code, SystemExit().code)
print(issubclass(FloatingPointError, ArithmeticError), UnicodeDecodeError.__mro__)
try:
    b"\xff".decode()
except UnicodeDecodeError as e:
    print(e)
try:
    "é".encode("ascii")
except UnicodeEncodeError as e:
    print(e)
try:
    raise UserWarning("w")
except Warning as w: print(repr(w))

import io
import sys

b = io.BytesIO(b"one\ntwo\n")
print(b.read(2), b.readline(), b.readlines(), b.tell(), b.getvalue())
b.seek(0)
b.write(b"ONE")
print(b.getvalue(), [line for line in io.BytesIO(b"a\nb")])
s = io.StringIO("x\ny\n")
print(s.readline(1), s.readline(), list(s), s.seek(0), s.read())
s.close()
try:
    s.read()
except ValueError as error:
    print(error)
with io.StringIO() as out:
    print("into memory", 3, file=out)
    print(repr(out.getvalue()))
try:
    io.BytesIO().write("text")
except TypeError as error:
    print(error)
print(io.SEEK_END, issubclass(io.UnsupportedOperation, OSError), issubclass(io.UnsupportedOperation, ValueError))

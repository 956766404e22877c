# Modes of open, and what each refuses.
import io
import os
import tempfile

folder = tempfile.mkdtemp()
path = os.path.join(folder, "a.txt")
with open(path, "x") as f:
    print(f.mode, f.closed, f.writable(), f.readable(), f.write("one\ntwo\n"), f.tell())
print(f.closed)
try:
    open(path, "x")
except FileExistsError as error:
    print(error.errno, error.strerror, error.filename == path)
with open(path, "r+") as f:
    print(f.readline(), f.tell(), f.seek(0, 2), f.write("three"), f.seek(4), f.read())
with open(path, "a+") as f:
    print(f.tell() > 0, f.read(), f.write("!"), f.seek(0), f.readlines())
with open(path, "w+") as f:
    print(f.write("xyz"), f.seek(1), f.read(1), f.seek(2), f.truncate(), f.seek(0), f.read())
with open(path, "rb") as f:
    print(f.read(1), f.peek(1), f.read(), f.read())
with open(path, "wb") as f:
    print(f.write(b"\x00\xff"), f.writelines([b"a", b"b"]))
print(os.path.getsize(path))
for mode in ("q", "rw", "", "r+w", "bt", "w+b+"):
    try:
        open(path, mode)
    except ValueError as error:
        print(mode, error)
for action in (lambda: open(path).write("x"), lambda: open(path, "w").read(), lambda: open(path, "w").write(b"x"), lambda: open(path, "wb").write("x"),
               lambda: open(folder), lambda: open(os.path.join(folder, "no")), lambda: open(path, "rb", encoding="utf-8")):
    try:
        action()
    except Exception as error:
        print(type(error).__name__, str(error).replace(folder, "F"))
print(issubclass(io.UnsupportedOperation, (OSError, ValueError)))

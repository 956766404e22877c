import os
import tempfile

path = os.path.join(tempfile.mkdtemp(), "x")
with open(path, "w", encoding="utf-8") as f:
    f.write("äöü €\nline two\r\nthree")
print(open(path, "rb").read())
with open(path, encoding="utf-8") as f:
    print(repr(f.read(4)), repr(f.readline()), f.readlines(), f.encoding)
with open(path, newline="") as f:
    print(f.readlines())
with open(path, "wb") as f:
    f.write(b"\xff\xfeabc")
for kind in [{}, {"errors": "replace"}, {"errors": "ignore"}, {"encoding": "latin-1"}, {"encoding": "ascii"}]:
    try:
        with open(path, **kind) as f:
            print(kind, repr(f.read()))
    except UnicodeDecodeError as error:
        print(kind, error)
try:
    with open(path, "w", encoding="ascii") as f:
        f.write("ü")
except UnicodeEncodeError as error:
    print(error)
with open(path, "w", newline="\r\n") as f:
    f.write("a\nb\n")
print(open(path, "rb").read())
try:
    open(path, encoding="nope")
except LookupError as error:
    print(error)
with open(path, "w+") as f:
    f.write("0123456789")
    f.seek(3)
    print(f.read(2), f.tell())
    f.seek(0, 2)
    f.write("!")
    f.truncate(4)
print(open(path).read(), os.path.getsize(path))
with open(path, "a+") as f:
    print(repr(f.read()), f.tell())
    f.write("xy")
    f.seek(0)
    print(f.read(), f.readable(), f.writable(), f.seekable())

import os
import tempfile

path = os.path.join(tempfile.mkdtemp(), "f")
text = open(path, "w")
text.write("a\n")
text.close()
text.close()
data = open(path, "rb")
data.close()
for call in [lambda: text.write("x"), lambda: text.flush(), lambda: text.read(), lambda: text.tell(), lambda: next(iter(open(path))), lambda: data.read(), lambda: data.readline(), lambda: open(path).write("x"), lambda: open(path, "w").read(), lambda: open(path, "wb").read(), lambda: open(path, "rb").write(b"x"), lambda: open(path, "wb").write("x"), lambda: open(path, "w").write(5), lambda: text.__enter__(), lambda: open(path).seek(-1), lambda: open(path).seek(1, 1)]:
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error)
with open(path, "w") as one:
    one.write("not yet")
    with open(path) as other:
        print(repr(other.read()))
    one.flush()
    with open(path) as other:
        print(repr(other.read()))
try:
    with open(path) as file:
        raise KeyError("inside")
except KeyError:
    print(file.closed)
print(one.name == path, one.mode, data.mode, one.closed)

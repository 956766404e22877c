# tempfile: names, ends of blocks, prefixes and suffixes.
import os
import tempfile

with tempfile.TemporaryDirectory(prefix="pre_", suffix="_suf") as folder:
    print(os.path.isdir(folder), os.path.basename(folder).startswith("pre_"), folder.endswith("_suf"))
    with open(os.path.join(folder, "x"), "w") as f:
        f.write("1")
    os.mkdir(os.path.join(folder, "sub"))
print(os.path.exists(folder))
with tempfile.NamedTemporaryFile("w+", suffix=".txt") as f:
    print(f.name.endswith(".txt"), f.write("hello"), f.flush(), open(f.name).read(), f.seek(0), f.read())
print(os.path.exists(f.name), f.closed)
f = tempfile.NamedTemporaryFile(delete=False)
print(f.write(b"bytes"), f.close(), os.path.getsize(f.name), os.unlink(f.name))
with tempfile.TemporaryFile() as f:
    f.write(b"a\nb")
    f.seek(0)
    print(f.readlines(), f.mode if False else "")
made = tempfile.TemporaryDirectory()
print(os.path.isdir(made.name), made.cleanup(), os.path.isdir(made.name))
a, b = tempfile.mkdtemp(), tempfile.mkdtemp()
print(a != b, os.listdir(a), tempfile.gettempprefix(), os.path.dirname(a) == tempfile.gettempdir())
with tempfile.SpooledTemporaryFile(max_size=10, mode="w+") as f:
    f.write("spooled and long")
    f.seek(0)
    print(f.read())

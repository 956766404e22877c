# Lines of files: endings, iteration, limits, and what newline does.
import os
import tempfile

path = os.path.join(tempfile.mkdtemp(), "lines")
with open(path, "wb") as f:
    f.write(b"a\r\nb\nc\rd")
for newline in (None, "", "\n", "\r\n"):
    with open(path, newline=newline) as f:
        print(repr(newline), list(f))
with open(path, "w", newline="\r\n") as f:
    f.write("x\ny\n")
print(open(path, "rb").read())
with open(path, "w") as f:
    print("to a file", 1, 2, sep="|", file=f)
    print("no end", end="", file=f)
    f.writelines(line + "\n" for line in "pq")
with open(path) as f:
    print(next(f), f.readline(3), f.readline(), f.readline(), repr(f.readline()), f.read(), [*f])
with open(path) as f:
    for number, line in enumerate(f, 1):
        print(number, line.rstrip("\n"), end=";")
    print()
with open(path) as f:
    print(f.readlines(1), f.readlines())
with open(path) as f, open(path + "2", "w") as g:
    for line in f:
        g.write(line.upper())
print(open(path + "2").read().split())

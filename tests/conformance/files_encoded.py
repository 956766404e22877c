# Text files in other encodings, and errors=.
import os
import tempfile

path = os.path.join(tempfile.mkdtemp(), "text")
for encoding in ("utf-8", "latin-1", "utf-8-sig"):
    with open(path, "w", encoding=encoding) as f:
        f.write("h\u00e9llo")
    print(encoding, open(path, "rb").read(), open(path, encoding=encoding).read(), f.encoding)
with open(path, "wb") as f:
    f.write(b"ok\xff\n")
try:
    open(path, encoding="utf-8").read()
except UnicodeDecodeError as error:
    print(error)
for errors in ("ignore", "replace", "backslashreplace"):
    print(ascii(open(path, encoding="utf-8", errors=errors).read()))
try:
    with open(path, "w", encoding="ascii") as f:
        f.write("\u00e9")
except UnicodeEncodeError as error:
    print(error)
with open(path, "w", encoding="ascii", errors="replace") as f:
    f.write("\u00e9\u20ac")
print(open(path).read())
try:
    open(path, encoding="nosuch")
except LookupError as error:
    print(error)

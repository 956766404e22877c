# What `errors=` does when text becomes bytes and bytes become text.
text = "a\u00e9\u20ac\U0001f600z"
for errors in ("ignore", "replace", "xmlcharrefreplace", "backslashreplace"):
    for codec in ("ascii", "latin-1", "utf-8"):
        print(errors, codec, text.encode(codec, errors=errors))
for errors in ("ignore", "replace", "backslashreplace"):
    for codec in ("ascii", "utf-8"):
        print(errors, codec, ascii(b"a\xff\xc3\xa9\xe2\x82z".decode(codec, errors)))
print(str(b"\xffa", "utf-8", "ignore"), str(b"abc", errors="ignore"), bytes("\u00e9x", "ascii", "replace"))
for call in (lambda: text.encode("ascii"), lambda: b"\xff".decode(), lambda: text.encode("ascii", "nosuch"),
             lambda: b"\xff".decode("utf-8", "nosuch"), lambda: "x".encode("nosuch"), lambda: b"\xe2\x82".decode(),
             lambda: b"abc".decode("ascii", "nosuch"), lambda: text.encode("latin-1")):
    try:
        print(ascii(call()))
    except Exception as error:
        print(type(error).__name__, error)
try:
    "ab\u00e9c".encode("ascii")
except UnicodeEncodeError as error:
    print(error.encoding, error.start, error.end, error.reason, error.object, error.args)
try:
    b"ab\xffc".decode("utf-8")
except UnicodeDecodeError as error:
    print(error.encoding, error.start, error.end, error.reason, error.object)
print("x\u00e9".encode("utf-16-le"), "x".encode("utf-16"), "x".encode("utf-32-be"), b"\xff\xfex\0".decode("utf-16"), "\U0001f600".encode("utf-16-be"), b"\xd8\x3d\xde\0".decode("utf-16-be"), "\ufeffa".encode("utf-8-sig"))

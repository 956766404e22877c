# What is done about text that does not fit, and about bytes that are no text.
text = "naïve ☃"
for handler in ("ignore", "replace", "backslashreplace", "xmlcharrefreplace"):
    print(handler, text.encode("ascii", handler), text.encode("latin-1", errors=handler), bytes(text, "ascii", handler))
data = b"ab\xff\xc3(c\xe2\x98"
for handler in ("ignore", "replace", "backslashreplace"):
    print(handler, data.decode("utf-8", handler), data.decode("ascii", errors=handler), str(data, "utf-8", handler))
for call in (
    lambda: text.encode("ascii"),
    lambda: "☃☃".encode("latin-1"),
    lambda: data.decode(),
    lambda: b"\xe2\x98".decode(),
    lambda: b"\xc3(".decode(),
    lambda: data.decode("ascii", "strict"),
    lambda: text.encode("ascii", "nonsense"),
    lambda: text.encode("nonsense"),
):
    try:
        print(call())
    except (UnicodeError, LookupError) as error:
        print(type(error).__name__, error)
print("plain".encode("ascii", "nonsense"))

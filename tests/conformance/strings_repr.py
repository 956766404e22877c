# repr chooses its quotes and escapes what cannot be seen.
print(repr("plain"), repr("it's"), repr('say "hi"'), repr("both ' and \""))
print(repr("tab\tnewline\nback\\slash"), repr("\x00\x1b\x7f"), repr("ş 日本"))
print(["a'b", "c"], {"k": "v\n"}, ("x",), {1: None, 2.5: True})
print("""three
lines 'here'""", r"raw\n", "a\
b", "\u00e9\x41\101", sep="|")
print(str(None), str(1.5), str([1, "2"]), str("s"), repr(str))
print(bool(""), bool("0"), not [], bool({}), bool(0.0), bool((0,)))

import re

for pattern in ["(", ")", "[a", "a**", "*a", "a{3,2}", "(?P<1a>x)", "(?P<a>x)(?P<a>y)", "(?P=b)", r"\2", "(?z)", "[z-a]", "\\",
                r"\q", "(?<=a+)b", "a|*", "(?P<a", "(?", "(?P", "x(?i)y", "(?#abc", r"(a)\2", "[]", r"[\w-a]", "(?P<>a)", "a++*", r"\x1",
                "(?(1)a|b|c)", "(?(2)a)(x)", "(?i-:a)", "ab\n(c", "(?-x", "(?P<n>a", "^*"]:
    try:
        re.compile(pattern)
        print(repr(pattern), "fine")
    except re.error as error:
        print(repr(pattern), error, error.msg, error.pos, error.lineno, error.colno)
for call in [lambda: re.sub("a", r"\1", "a"), lambda: re.sub("a", r"\g<x>", "a"), lambda: re.sub("a", r"\q", "a"),
             lambda: re.match("a", b"a"), lambda: re.match(b"a", "a"), lambda: re.match("a", 5), lambda: re.compile(5),
             lambda: re.match("a", "a").group(1), lambda: re.match("a", "a").group("x"), lambda: re.compile(re.compile("a"), re.I),
             lambda: re.sub("a", r"\g<1", "a"), lambda: re.sub("a", lambda m: 5, "a")]:
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

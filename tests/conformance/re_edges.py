# re: groups, names, functions in sub, flags, splits, spans, errors.
import re

m = re.search(r"(?P<y>\d{4})-(?P<m>\d\d)(-(\d\d))?", "on 2024-05, or")
print(m.group(), m.group(1, 2), m["m"], m.groups(), m.groups("x"), m.groupdict(), m.span(), m.span("m"), m.start(3), m.lastindex, m.lastgroup, m.re.groups, m.re.groupindex["m"], m.string[:2], m.pos, m.endpos)
print(m, m.expand(r"\2/\g<y>"), bool(m), re.match("b", "ab"), re.fullmatch("a+", "aaa").end())
print(re.sub(r"(\w)(\d)", r"\2\1", "a1 b2"), re.sub("x*", "-", "abxd"), re.subn("a", "b", "aaa", count=2), re.sub(r"\d+", lambda m: str(int(m[0]) * 2), "3 and 40"))
print(re.split(r"(,)\s*", "a, b,c"), re.split(r"\s*", "a b"), re.split(",", "a,b,c", maxsplit=1), re.findall(r"(a)(b)?", "aab"), re.findall("", "ab"), [x.span() for x in re.finditer("a*", "baac")])
print(re.findall("^a", "a\na", re.M), re.findall("a.b", "a\nb", re.S), re.findall("(?i)AB", "ab aB"), re.findall(r"""
    \d +  # digits
    """, "12 3", re.X), re.findall(r"(?<=a)b|(?<!a)c", "ab c ac"), re.findall(r"\bfoo\b", "foo food"), re.findall(r"(\w)\1", "aabbc"))
print(re.escape("a.b*c d-e"), re.compile("a", re.I | re.M), re.compile("a").pattern, re.compile("A", re.I).flags, re.compile(b"a").findall(b"aa"))
p = re.compile("a(b)?")
print(p.match("xab", 1), p.search("xab", 0, 2), p.fullmatch("ab"), p.sub(r"[\1]", "a ab"), p == re.compile("a(b)?"), p.split("xaby"))
for pattern in ("(", "a{2,1}", "*a", "[z-a]", "(?P<n>a)(?P<n>b)", r"\1", "(?P<1>a)", "a**", "[", "(?x", r"(?P=q)", "\\"):
    try:
        re.compile(pattern)
        print("no error", pattern)
    except re.error as error:
        print(pattern, "|", error, "|", error.msg, error.pos)
for call in (lambda: m.group("nope"), lambda: m.group(9), lambda: re.sub("a", r"\9", "a"), lambda: re.match(1, "a"), lambda: re.match("a", b"a"), lambda: re.sub("(a)", r"\g<q>", "a")):
    try:
        call()
    except Exception as error:
        print(type(error).__name__, error)
print(re.sub(r"(?P<first>a)|(?P<second>b)", lambda m: m.lastgroup[0], "abc"), re.match(r"(?:a|b)+?c", "abc")[0], re.match(r"(a+)+$", "aaa").groups(), re.match("(?s:.)x", "\nx") is not None)

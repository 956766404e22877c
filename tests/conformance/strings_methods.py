# Methods of str.
s = "  The quick brown fox  "
print([s.strip(), s.lstrip(), s.rstrip()], "xxaxx".strip("x"), "path/to".lstrip("pat"))
print("a,b,,c".split(","), " a  b ".split(), "a b c".split(" ", 1), "a-b-c".rsplit("-", 1), "a\nb\r\nc".splitlines())
print("-".join(["a", "b", "c"]), "".join(str(n) for n in range(5)))
print("fox".upper(), "FOX".lower(), "the fox".title(), "fOX tail".capitalize(), "Fox".swapcase())
print("banana".count("an"), "banana".find("an"), "banana".rfind("an"), "banana".find("x"), "banana".index("n"))
print("banana".replace("a", "o"), "banana".replace("a", "o", 2), "k=v=w".partition("="), "k=v".rpartition("="))
print("abc".startswith("ab"), "abc".endswith(("x", "bc")), "abc".startswith("b", 1))
print("12".isdigit(), "ab".isalpha(), "a1".isalnum(), " ".isspace(), "Ab".isupper(), "ab".islower(), "".isdigit())
print("7".zfill(3), "-7".zfill(4), "ab".center(6, "."), "ab".ljust(4) + "|", "ab".rjust(4))
print("prefix-body".removeprefix("prefix-"), "body.py".removesuffix(".py"))
print("abc" * 2, "b" in "abc", "abc" < "abd", "abc"[1], "abc"[-1], "a" + "b", len("iş"), ord("a"), chr(246))

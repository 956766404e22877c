# str.format.
print("{} and {}".format("x", "y"))
print("{0}-{1}-{0} {name} [{n:>5}] {{}}".format("a", "b", name="c", n=7))
print("[{:.2f}] [{!r:>6}] [{:*^7}]".format(3.14159, "q", "mid"))

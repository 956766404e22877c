import io, traceback, sys, random
try:
    try:
        1 / 0
    except ZeroDivisionError as e:
        raise ValueError("bad") from e
except ValueError:
    t = traceback.format_exc()
    print([l for l in t.splitlines() if not l.startswith("  ")])
    print(sys.exc_info()[0], sys.exc_info()[1])
    print(traceback.format_exception_only(sys.exc_info()[1]))
print(sys.exc_info())
out = io.StringIO()
print("a", 1, file=out)
out.write("xy\n")
print(repr(out.getvalue()))
for line in io.StringIO("a\nb\n"):
    print(repr(line))
with io.StringIO() as f:
    f.write("q"); f.seek(0); print(f.read())
random.seed(3)
print(random.triangular(0, 1, .5), random.normalvariate(0, 1), random.lognormvariate(0, 1), random.paretovariate(3), random.weibullvariate(1, 2))

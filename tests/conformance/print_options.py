# print with sep and end, several values, and other places to print to.
import sys

print()
print(1, "two", 3.0, None, [4], sep="|")
print("no newline", end="")
print(" ... here it is")
print("a", "b", sep="", end="!\n")
print(*[1, 2, 3], sep=", ")
print("flushed", flush=True)
print("to stdout", file=sys.stdout)
print("to stderr", file=sys.stderr)

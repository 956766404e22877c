# The command line as a program without arguments sees it.
import sys

print(type(sys.argv).__name__, len(sys.argv), sys.argv[1:], sys.argv[0].endswith(".py"))
count = int(sys.argv[1]) if len(sys.argv) > 1 else 3
print(count, *map(str.upper, sys.argv[1:]))

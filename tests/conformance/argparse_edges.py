# argparse: kinds of arguments, help, groups, sub-commands and what is refused.
import argparse

parser = argparse.ArgumentParser(prog="tool", description="Does things.", epilog="The end.")
parser.add_argument("path", help="where")
parser.add_argument("rest", nargs="*", type=int)
parser.add_argument("-n", "--number", type=int, default=3, metavar="N", help="how many (default: %(default)s)")
parser.add_argument("-v", "--verbose", action="count", default=0)
parser.add_argument("--mode", choices=["fast", "slow"], default="fast")
parser.add_argument("--flag", action="store_true")
parser.add_argument("--no-color", dest="color", action="store_false")
parser.add_argument("--add", action="append", type=float)
parser.add_argument("--pair", nargs=2)
parser.add_argument("--const", action="store_const", const=42)
group = parser.add_mutually_exclusive_group()
group.add_argument("--a", action="store_true")
group.add_argument("--b", action="store_true")
print(parser.format_usage())
print(parser.format_help())
print(parser.parse_args(["x"]))
print(vars(parser.parse_args("x 1 2 -vv -n5 --mode=slow --flag --no-color --add 1 --add 2.5 --pair p q --const".split())))
print(parser.parse_known_args(["x", "--what", "-z"]), parser.parse_args(["--num", "7", "x"]).number)
for line in ("", "x --mode odd", "x -n abc", "x --a --b", "x --pair 1", "x --nope", "x 1 y", "x -n"):
    try:
        parser.parse_args(line.split())
    except SystemExit as error:
        print(line, error.code)
top = argparse.ArgumentParser(prog="git")
subs = top.add_subparsers(dest="command", required=True)
add = subs.add_parser("add", help="adds")
add.add_argument("files", nargs="+")
add.set_defaults(call=len)
rm = subs.add_parser("rm")
rm.add_argument("-f", action="store_true")
print(top.parse_args(["add", "a", "b"]).files, top.parse_args(["rm", "-f"]), top.parse_args(["add", "q"]).call([1]))
try:
    top.parse_args(["zip"])
except SystemExit as error:
    print(error.code)
print(argparse.Namespace(a=1, b="x") == argparse.Namespace(b="x", a=1), "a" in argparse.Namespace(a=1))

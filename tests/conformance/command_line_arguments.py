import argparse

parser = argparse.ArgumentParser(prog="tool", description="Counts things in several threads, and says how many there were of each kind in the end.", epilog="That is all.")
parser.add_argument("files", nargs="*", help="what to count")
parser.add_argument("-n", "--threads", type=int, default=4, metavar="N", help="how many threads (default: %(default)s)")
parser.add_argument("-v", "--verbose", action="store_true", help="say more")
parser.add_argument("--mode", choices=["fast", "slow"], default="fast")
parser.add_argument("-q", action="count", default=0)
parser.add_argument("--tag", action="append", help="a tag; " + "long words " * 12)
parser.add_argument("--no-color", dest="color", action="store_false")
parser.add_argument("--ratio", type=float)
parser.add_argument("--pair", nargs=2, metavar=("A", "B"))
parser.add_argument("--version", action="version", version="%(prog)s 1.0")
print(parser.parse_args([]))
print(parser.parse_args(["a", "b", "-n", "8", "--verbose", "-qq", "--tag", "x", "--tag=y", "--no-color", "--ratio", "-1.5"]))
print(parser.parse_args(["-n8", "--mod", "slow", "--pair", "1", "2", "x"]))
print(parser.parse_known_args(["--what", "z"]))
print(vars(parser.parse_args(["--", "-n"])))
parser.print_help()
parser.print_usage()
for bad in [["--threads", "x"], ["--mode", "medium"], ["--nope"], ["-n"], ["--pair", "1"], ["--version"], ["--help"], ["--ver"], ["-vn"]]:
    try:
        print(parser.parse_args(bad))
    except SystemExit as end:
        print(bad, "exit", end.code)
other = argparse.ArgumentParser(prog="p")
other.add_argument("source")
other.add_argument("target", nargs="?", default="out")
other.add_argument("rest", nargs="*")
print(other.parse_args(["a"]), other.parse_args(["a", "b", "c", "d"]))
try:
    other.parse_args([])
except SystemExit as end:
    print(end.code)
commands = argparse.ArgumentParser(prog="git")
commands.add_argument("--debug", action="store_true")
sub = commands.add_subparsers(dest="command", help="what to do")
add = sub.add_parser("add", help="adds")
add.add_argument("path", nargs="+")
add.set_defaults(run=len)
show = sub.add_parser("show")
show.add_argument("--all", action="store_true")
print(commands.parse_args(["--debug", "show", "--all"]))
print(commands.parse_args(["add", "x", "y"]).path, commands.parse_args([]))
commands.print_help()
add.print_help()
try:
    commands.parse_args(["bad"])
except SystemExit as end:
    print(end.code)
only = argparse.ArgumentParser(prog="x", add_help=False, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
group = only.add_mutually_exclusive_group(required=True)
group.add_argument("--a", action="store_true")
group.add_argument("--b", type=int, default=3, help="the b")
named = only.add_argument_group("others", "Some others.")
named.add_argument("--c", required=True, help="the c")
only.print_help()
for args in [["--a", "--b", "1", "--c", "z"], ["--c", "z"], ["--a", "--c", "z"], ["--a"]]:
    try:
        print(only.parse_args(args))
    except SystemExit as end:
        print(args, end.code)
def even(text):
    if int(text) % 2:
        raise argparse.ArgumentTypeError(f"{text} is odd")
    return int(text)
typed = argparse.ArgumentParser(prog="t", exit_on_error=False)
typed.add_argument("--even", type=even)
try:
    typed.parse_args(["--even", "3"])
except argparse.ArgumentError as error:
    print(error)
print(argparse.Namespace(a=1, b="x"), argparse.Namespace(a=1) == argparse.Namespace(a=1), "a" in argparse.Namespace(a=1))

# What is typed in secret: here it is typed like everything else.

from sys import stderr as _stderr
from sys import stdin as _stdin


class GetPassWarning(UserWarning):
    pass


def getpass(prompt="Password: ", stream=None):
    (_stderr if stream is None else stream).write(prompt)
    line = _stdin.readline()
    if line == "":
        raise EOFError
    return line.removesuffix("\n")


def getuser():
    return "user"

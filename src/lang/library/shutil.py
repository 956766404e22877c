# What is about the terminal.

from collections import namedtuple as _namedtuple


class _TerminalSize(_namedtuple("terminal_size", ["columns", "lines"])):
    def __repr__(self):
        return f"os.terminal_size(columns={self.columns}, lines={self.lines})"


def get_terminal_size(fallback=(80, 24)):
    return _TerminalSize(*fallback)

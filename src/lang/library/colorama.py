# Colours, as a terminal without any has them: names that stand for no text.


class _Plain:
    def __init__(self, names):
        self._names = names

    def __getattr__(self, name):
        if name in self._names:
            return ""
        raise AttributeError(f"'AnsiCodes' object has no attribute {name!r}")


_COLOURS = ("BLACK", "RED", "GREEN", "YELLOW", "BLUE", "MAGENTA", "CYAN", "WHITE", "RESET")
_LIGHT = tuple([f"LIGHT{colour}_EX" for colour in _COLOURS[:8]])

Fore = _Plain(_COLOURS + _LIGHT)
Back = _Plain(_COLOURS + _LIGHT)
Style = _Plain(("BRIGHT", "DIM", "NORMAL", "RESET_ALL"))


class _Cursor:
    def UP(self, n=1):
        return ""

    DOWN = FORWARD = BACK = UP

    def POS(self, x=1, y=1):
        return ""


Cursor = _Cursor()


def init(autoreset=False, convert=None, strip=None, wrap=True):
    pass


def deinit():
    pass


def reinit():
    pass


def just_fix_windows_console():
    pass

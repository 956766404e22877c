# Names that fit a pattern.

import re as _re


def translate(pat):
    out = []
    at = 0
    while at < len(pat):
        letter = pat[at]
        at += 1
        if letter == "*":
            if out[-1:] != [".*"]:
                out.append(".*")
        elif letter == "?":
            out.append(".")
        elif letter == "[":
            end = at + 1 if pat[at : at + 1] == "!" else at
            end = pat.find("]", end + 1 if pat[end : end + 1] == "]" else end)
            if end < 0:
                out.append("\\[")
            else:
                inside = pat[at:end].replace("\\", "\\\\")
                at = end + 1
                out.append("[" + ("^" + inside[1:] if inside[0] == "!" else inside) + "]")
        else:
            out.append(_re.escape(letter))
    return f"(?s:{''.join(out)})\\Z"


def fnmatchcase(name, pat):
    return _re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    return [name for name in names if fnmatchcase(name, pat)]

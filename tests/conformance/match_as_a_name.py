# `match`, `case` and `type` as names, behind semicolons too
import re

x = 5; match = x; print(match)
match = re.match("a", "abc"); match, case = match.group(), 2; print(match, case)
type = 3; match: int = 1; print(match + type)


def search(text):
    found = 1; match = re.search(r"\d+", text); return match and match.group(), found


print(search("ab12"), search("none"))
if case: match = [1, 2]; print(match)
x = 1; match[0] = 7; match.append(x)
match match:
    case [7, *rest]:
        print(rest); match = None; print(match)

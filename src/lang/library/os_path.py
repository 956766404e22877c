# Paths as text, and what is there.

sep = "/"

# What the machine's errors are called.
_ERRORS = {
    1: "Operation not permitted",
    2: "No such file or directory",
    5: "Input/output error",
    13: "Permission denied",
    17: "File exists",
    20: "Not a directory",
    21: "Is a directory",
    22: "Invalid argument",
    27: "File too large",
    39: "Directory not empty",
    40: "Too many levels of symbolic links",
}


# The exception for what the machine could not do.
def _error(number, name, second=None):
    if second is None:
        return OSError(-number, _ERRORS.get(-number, "Unknown error"), name)
    return OSError(-number, _ERRORS.get(-number, "Unknown error"), name, None, second)


def _named(path):
    if isinstance(path, (str, bytes)):
        return path.decode("utf-8") if isinstance(path, bytes) else path
    if hasattr(path, "__fspath__"):
        return path.__fspath__()
    raise TypeError(f"expected str, bytes or os.PathLike object, not {type(path).__name__}")


# The absolute path, without `.` and `..`.
def _place(path):
    path = _named(path)
    whole = path if path.startswith("/") else __here() + "/" + path
    parts = []
    for part in whole.split("/"):
        if part == "..":
            if parts:
                parts.pop()
        elif part and part != ".":
            parts.append(part)
    return "/" + "/".join(parts)


def join(a, *p):
    path = _named(a)
    for part in p:
        part = _named(part)
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
    p = _named(p)
    at = p.rfind("/") + 1
    head, tail = p[:at], p[at:]
    if head.strip("/"):
        head = head.rstrip("/")
    return head, tail


def basename(p):
    return split(p)[1]


def dirname(p):
    return split(p)[0]


def splitext(p):
    p = _named(p)
    at = p.rfind("/") + 1
    dot = p.rfind(".")
    if dot > at and p[at:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def isabs(s):
    return _named(s).startswith("/")


def normpath(path):
    path = _named(path)
    if not path:
        return "."
    rooted = "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part == "" or part == ".":
            continue
        if part != ".." or (not rooted and not parts) or (parts and parts[-1] == ".."):
            parts.append(part)
        elif parts:
            parts.pop()
    return rooted + "/".join(parts) or "."


def abspath(path):
    path = _named(path)
    return normpath(path if path.startswith("/") else join(__here(), path))


realpath = abspath


def expanduser(path):
    return _named(path)


expandvars = expanduser


def normcase(s):
    return _named(s)


def exists(path):
    return not isinstance(__path_look(_place(path)), int)


lexists = exists


def isfile(path):
    found = __path_look(_place(path))
    return not isinstance(found, int) and not found[0]


def isdir(s):
    found = __path_look(_place(s))
    return not isinstance(found, int) and found[0]


def islink(path):
    return False


def getsize(filename):
    found = __path_look(_place(filename))
    if isinstance(found, int):
        raise _error(found, filename)
    return found[1]


def getmtime(filename):
    getsize(filename)
    return 0.0


def samefile(f1, f2):
    return _place(f1) == _place(f2)


def relpath(path, start="."):
    here = [part for part in abspath(start).split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    same = 0
    while same < len(here) and same < len(there) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."


def commonprefix(m):
    if not m:
        return ""
    least, most = min(m), max(m)
    for at, letter in enumerate(least):
        if at >= len(most) or letter != most[at]:
            return least[:at]
    return least

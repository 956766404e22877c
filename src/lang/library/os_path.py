# Paths as text.


def join(a, *p):
    path = a
    for part in p:
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(p):
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
    at = p.rfind("/") + 1
    dot = p.rfind(".")
    if dot > at and p[at:dot].strip("."):
        return p[:dot], p[dot:]
    return p, ""


def isabs(s):
    return s.startswith("/")


def normpath(path):
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

# Paths that fit a pattern.

import fnmatch as _fnmatch
import os as _os


def glob(pathname, *, root_dir=None, recursive=False):
    return list(iglob(pathname, root_dir=root_dir, recursive=recursive))


def iglob(pathname, *, root_dir=None, recursive=False):
    parts = pathname.split("/")
    found = ["/"] if pathname.startswith("/") else [""]
    for place, part in enumerate(parts):
        last = place == len(parts) - 1
        if part == "":
            continue
        found = [path for folder in found for path in _within(folder, part, last, recursive, root_dir)]
    yield from found


def _within(folder, part, last, recursive, root):
    base = _os.path.join(root, folder) if root else folder
    if recursive and part == "**":
        inside = [] if last else [folder]
        return inside + _below(folder, base, last)
    if not any([letter in part for letter in "*?["]):
        return [_os.path.join(folder, part)] if _os.path.exists(_os.path.join(base, part)) else []
    try:
        names = _os.listdir(base or ".")
    except OSError:
        return []
    fits = [name for name in names if _fnmatch.fnmatchcase(name, part) and (part[0] == "." or name[0] != ".")]
    paths = [_os.path.join(folder, name) for name in fits]
    return paths if last else [path for path in paths if _os.path.isdir(path)]


def _below(folder, base, files_too):
    found = []
    try:
        names = _os.listdir(base or ".")
    except OSError:
        return found
    for name in names:
        path = _os.path.join(base, name)
        if name[0] != ".":
            folder_here = _os.path.isdir(path)
            if folder_here or files_too:
                found.append(_os.path.join(folder, name))
            if folder_here:
                found.extend(_below(_os.path.join(folder, name), path, files_too))
    return found


def escape(pathname):
    return "".join([f"[{letter}]" if letter in "*?[" else letter for letter in pathname])

# How the author's own modules are imported: each runs once, and another thread that imports it meanwhile waits until it
# has run. Linked to programs that have some. The compiler binds `module_table`, with an entry for each, in the order of
# their numbers.

from threading import Condition as _Condition, get_ident as _get_ident


class _Modules:
    def __init__(self):
        self.imports = _Condition()
        # Which module each thread waits for.
        self._waiting = {}


modules = _Modules()


# A module that the same thread is importing further out is given as it is so far.
def load_module(number):
    body, parent = module_table[number]
    if parent is not None and not __is_begun(parent):
        load_module(parent)
    me = _get_ident()
    while True:
        importer = __begin_module(number, me)
        if importer is None:
            break
        if importer == me or not _wait_for(number, me):
            return __own_module(number)
    try:
        body()
    except BaseException:
        _end(number, True)
        raise
    _end(number, False)
    return __own_module(number)


def _end(number, failed):
    if __end_module(number, failed):
        with modules.imports:
            modules.imports.notify_all()


# Waits for another thread that imports the module; not if that thread waits for this one.
def _wait_for(number, me):
    with modules.imports:
        wanted = number
        while wanted is not None:
            importer = __importer(wanted)
            if importer == me:
                return False
            wanted = None if importer is None else modules._waiting.get(importer)
        modules._waiting[me] = number
        while __await_module(number):
            modules.imports.wait()
        del modules._waiting[me]
    return True

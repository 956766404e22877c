# A bar that shows progress, as a loop that shows none.

from sys import stdout as _stdout


class tqdm:
    def __init__(self, iterable=None, desc=None, total=None, leave=True, initial=0, disable=False, **options):
        self.iterable = iterable
        self.total = total
        self.disable = disable
        self._desc = desc
        self._n = initial
        if total is None and iterable is not None and hasattr(iterable, "__len__"):
            self.total = len(iterable)

    @property
    def n(self):
        return self._n

    @n.setter
    def n(self, value):
        self._n = value

    @property
    def desc(self):
        return self._desc

    def __iter__(self):
        for item in self.iterable:
            yield item
            self._n += 1

    def __len__(self):
        return self.total if self.iterable is None else len(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, kind, exception, traceback):
        self.close()

    def update(self, n=1):
        self._n += n

    def close(self):
        pass

    def clear(self, nolock=False):
        pass

    def refresh(self, nolock=False, lock_args=None):
        pass

    def reset(self, total=None):
        self._n = 0

    def set_description(self, desc=None, refresh=True):
        self._desc = desc

    def set_description_str(self, desc=None, refresh=True):
        self._desc = desc

    def set_postfix(self, ordered_dict=None, refresh=True, **kwargs):
        pass

    def set_postfix_str(self, s="", refresh=True):
        pass

    @classmethod
    def write(cls, s, file=None, end="\n", nolock=False):
        (_stdout if file is None else file).write(str(s) + end)

    @classmethod
    def set_lock(cls, lock):
        pass

    @classmethod
    def get_lock(cls):
        return None


def trange(*args, **kwargs):
    return tqdm(range(*args), **kwargs)

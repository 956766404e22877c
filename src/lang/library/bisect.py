# Places in sorted sequences that are no lists, or where it takes Python code to compare.


def _bisect_left(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) // 2
        if (a[middle] if key is None else key(a[middle])) < x:
            lo = middle + 1
        else:
            hi = middle
    return lo


def _bisect_right(a, x, lo=0, hi=None, *, key=None):
    if lo < 0:
        raise ValueError("lo must be non-negative")
    if hi is None:
        hi = len(a)
    while lo < hi:
        middle = (lo + hi) // 2
        if x < (a[middle] if key is None else key(a[middle])):
            hi = middle
        else:
            lo = middle + 1
    return lo


def _insort_left(a, x, lo=0, hi=None, *, key=None):
    place = _bisect_left(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(place, x)


def _insort_right(a, x, lo=0, hi=None, *, key=None):
    place = _bisect_right(a, x if key is None else key(x), lo, hi, key=key)
    a.insert(place, x)

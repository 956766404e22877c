# Dates of the clock's times, in UTC: raddle knows no other time zone.

from time import time as _now

timezone = 0
altzone = 0
daylight = 0
tzname = ("UTC", "UTC")

_FIELDS = ("tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday", "tm_yday", "tm_isdst")


class struct_time:
    def __init__(self, fields):
        values = tuple(fields)
        if len(values) != 9:
            raise TypeError(f"time.struct_time() takes a 9-sequence ({len(values)}-sequence given)")
        self._values = values
        self.tm_year, self.tm_mon, self.tm_mday, self.tm_hour, self.tm_min, self.tm_sec = values[:6]
        self.tm_wday, self.tm_yday, self.tm_isdst = values[6:]
        self.tm_zone = "UTC"
        self.tm_gmtoff = 0

    def __iter__(self):
        return iter(self._values)

    def __len__(self):
        return 9

    def __getitem__(self, index):
        return self._values[index]

    def __eq__(self, other):
        return self._values == (other._values if isinstance(other, struct_time) else other)

    def __lt__(self, other):
        return self._values < (other._values if isinstance(other, struct_time) else other)

    def __hash__(self):
        return hash(self._values)

    def __repr__(self):
        inner = ", ".join([f"{name}={value!r}" for name, value in zip(_FIELDS, self._values)])
        return f"time.struct_time({inner})"


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


# Days from the first of January of year 1 to the first day of the month.
def _days_before(year, month):
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    lengths = (31, 29 if _leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    return days + sum(lengths[: month - 1])


def gmtime(secs=None):
    seconds = int((_now() if secs is None else secs) // 1)
    days, rest = divmod(seconds, 86400)
    number = days + 719162
    year = number * 400 // 146097 + 1
    while _days_before(year, 1) > number:
        year -= 1
    while _days_before(year + 1, 1) <= number:
        year += 1
    month = 12
    while _days_before(year, month) > number:
        month -= 1
    day = number - _days_before(year, month) + 1
    of_year = number - _days_before(year, 1) + 1
    fields = (year, month, day, rest // 3600, rest // 60 % 60, rest % 60, number % 7, of_year, 0)
    return struct_time(fields)


def localtime(secs=None):
    return gmtime(secs)


def mktime(t, /):
    days = _days_before(t[0], t[1]) + t[2] - 1 - 719162
    return float(days * 86400 + t[3] * 3600 + t[4] * 60 + t[5])


def asctime(t=None):
    return strftime("%a %b %e %H:%M:%S %Y", gmtime() if t is None else t)


def ctime(secs=None):
    return asctime(gmtime(secs))


def strftime(format, t=None, /):
    if t is None:
        t = gmtime()
    if not isinstance(t, (tuple, struct_time)):
        raise TypeError("Tuple or struct_time argument required")
    return __strftime(format, (*t,))

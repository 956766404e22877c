# Dates of the clock's times, in UTC: raddle knows no other time zone.

from time import time as _now

timezone = 0
altzone = 0
daylight = 0
tzname = ("UTC", "UTC")

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
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
    if t is None:
        t = gmtime()
    clock = f"{t[3]:02}:{t[4]:02}:{t[5]:02}"
    return f"{_DAYS[t[6]][:3]} {_MONTHS[t[1] - 1][:3]} {t[2]:2} {clock} {t[0]}"


def ctime(secs=None):
    return asctime(gmtime(secs))


# The week of the year: weeks begin on the day with that number.
def _week(t, first):
    return (t[7] + 6 - (t[6] - first) % 7) // 7


# The year and week that ISO 8601 counts the day to.
def _iso_week(t):
    year = t[0]
    week = (t[7] - t[6] + 9) // 7
    if week < 1:
        year -= 1
        weeks = 53 if _has_53_weeks(year) else 52
        return year, weeks
    if week == 53 and not _has_53_weeks(year):
        return year + 1, 1
    return year, week


def _has_53_weeks(year):
    first = _days_before(year, 1) % 7
    return first == 3 or (first == 2 and _leap(year))


def _written(code, t):
    hour = t[3] % 12 or 12
    if code == "Y":
        return str(t[0])
    if code == "m":
        return f"{t[1]:02}"
    if code == "d":
        return f"{t[2]:02}"
    if code == "H":
        return f"{t[3]:02}"
    if code == "M":
        return f"{t[4]:02}"
    if code == "S":
        return f"{t[5]:02}"
    if code == "I":
        return f"{hour:02}"
    if code == "p":
        return "AM" if t[3] < 12 else "PM"
    if code == "y":
        return f"{t[0] % 100:02}"
    if code == "A":
        return _DAYS[t[6]]
    if code == "a":
        return _DAYS[t[6]][:3]
    if code == "B":
        return _MONTHS[t[1] - 1]
    if code == "b" or code == "h":
        return _MONTHS[t[1] - 1][:3]
    if code == "j":
        return f"{t[7]:03}"
    if code == "w":
        return str((t[6] + 1) % 7)
    if code == "u":
        return str(t[6] + 1)
    if code == "e":
        return f"{t[2]:2}"
    if code == "C":
        return f"{t[0] // 100:02}"
    if code == "U":
        return f"{_week(t, 6):02}"
    if code == "W":
        return f"{_week(t, 0):02}"
    if code == "V":
        return f"{_iso_week(t)[1]:02}"
    if code == "G":
        return str(_iso_week(t)[0])
    if code == "Z":
        return "UTC"
    if code == "z":
        return "+0000"
    if code == "s":
        return str(int(mktime(t)))
    if code == "n":
        return "\n"
    if code == "t":
        return "\t"
    if code == "%":
        return "%"
    return _long_form(code, t)


# Codes that stand for several others.
def _long_form(code, t):
    if code == "c":
        return strftime("%a %b %e %H:%M:%S %Y", t)
    if code == "x" or code == "D":
        return strftime("%m/%d/%y", t)
    if code == "X" or code == "T":
        return strftime("%H:%M:%S", t)
    if code == "F":
        return strftime("%Y-%m-%d", t)
    if code == "R":
        return strftime("%H:%M", t)
    if code == "r":
        return strftime("%I:%M:%S %p", t)
    return "%" + code


def strftime(format, t=None, /):
    if t is None:
        t = gmtime()
    pieces = format.split("%")
    text = pieces[0]
    index = 1
    while index < len(pieces):
        piece = pieces[index]
        if piece == "" and index + 1 < len(pieces):
            text += "%" + pieces[index + 1]
            index += 2
            continue
        if piece == "":
            return text + "%"
        flag = piece[0] == "-" and len(piece) > 1
        written = _written(piece[1] if flag else piece[0], t)
        if flag:
            written = written.lstrip("0 ") or "0"
        text += written + piece[2 if flag else 1 :]
        index += 1
    return text

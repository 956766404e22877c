# Dates, times and the spans between them. The clock is the machine's, in UTC.

import time as _clock

MINYEAR = 1
MAXYEAR = 9999


def _days_in(year, month):
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _whole(value):
    if not isinstance(value, int):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    return value


# The day's number, counted from the first of January of year 1, which is 1.
def _ordinal(year, month, day):
    before = year - 1
    days = before * 365 + before // 4 - before // 100 + before // 400
    for earlier in range(1, month):
        days += _days_in(year, earlier)
    return days + day


def _of_ordinal(number):
    year = min(max(number * 400 // 146097, 1), MAXYEAR)
    while _ordinal(year, 1, 1) > number:
        year -= 1
    while year < MAXYEAR and _ordinal(year + 1, 1, 1) <= number:
        year += 1
    if number < 1 or number - _ordinal(year, 1, 1) >= 366:
        raise OverflowError("date value out of range")
    rest = number - _ordinal(year, 1, 1)
    month = 1
    while rest >= _days_in(year, month):
        rest -= _days_in(year, month)
        month += 1
    return year, month, rest + 1


def _check_date(year, month, day):
    if not 1 <= _whole(year) <= MAXYEAR:
        raise ValueError(f"year {year} is out of range")
    if not 1 <= _whole(month) <= 12:
        raise ValueError("month must be in 1..12")
    if not 1 <= _whole(day) <= _days_in(year, month):
        raise ValueError("day is out of range for month")


def _check_time(hour, minute, second, microsecond):
    if not 0 <= _whole(hour) <= 23:
        raise ValueError("hour must be in 0..23")
    if not 0 <= _whole(minute) <= 59:
        raise ValueError("minute must be in 0..59")
    if not 0 <= _whole(second) <= 59:
        raise ValueError("second must be in 0..59")
    if not 0 <= _whole(microsecond) <= 999999:
        raise ValueError("microsecond must be in 0..999999")


def _clock_text(hour, minute, second, microsecond, timespec):
    if timespec == "hours":
        return f"{hour:02}"
    if timespec == "minutes":
        return f"{hour:02}:{minute:02}"
    text = f"{hour:02}:{minute:02}:{second:02}"
    if timespec == "milliseconds":
        return f"{text}.{microsecond // 1000:03}"
    if timespec == "microseconds" or (timespec == "auto" and microsecond):
        return f"{text}.{microsecond:06}"
    if timespec not in ("auto", "seconds"):
        raise ValueError("Unknown timespec value")
    return text


def _offset_text(zone, sign=":"):
    if zone is None:
        return ""
    seconds = zone._seconds
    before = "-" if seconds < 0 else "+"
    minutes = abs(seconds) // 60
    return f"{before}{minutes // 60:02}{sign}{minutes % 60:02}"


def _no_order(a, b, operator):
    if isinstance(a, datetime) and isinstance(b, datetime):
        raise TypeError("can't compare offset-naive and offset-aware datetimes")
    if type(b) is datetime and type(a) is date:
        raise TypeError("can't compare datetime.datetime to datetime.date")
    names = [type(value).__name__ for value in (a, b)]
    if isinstance(b, (date, timedelta, time)):
        names[1] = "datetime." + names[1]
    raise TypeError(f"'{operator}' not supported between instances of 'datetime.{names[0]}' and '{names[1]}'")


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = _microseconds(days + weeks * 7, 86400000000)
        total += _microseconds(seconds + minutes * 60 + hours * 3600, 1000000)
        total += _microseconds(milliseconds, 1000) + round(microseconds)
        self._total = total
        self.days = total // 86400000000
        self.seconds = total // 1000000 % 86400
        self.microseconds = total % 1000000
        if abs(self.days) > 999999999:
            raise OverflowError(f"days={self.days}; must have magnitude <= 999999999")

    def total_seconds(self):
        return self._total / 1000000

    def __add__(self, other):
        if isinstance(other, timedelta):
            return timedelta(microseconds=self._total + other._total)
        return NotImplemented

    def __radd__(self, other):
        return self.__add__(other)

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return timedelta(microseconds=self._total - other._total)
        return NotImplemented

    def __neg__(self):
        return timedelta(microseconds=-self._total)

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta(microseconds=abs(self._total))

    def __mul__(self, other):
        if isinstance(other, (int, float)):
            return timedelta(microseconds=round(self._total * other))
        return NotImplemented

    def __rmul__(self, other):
        return self.__mul__(other)

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total / other._total
        if isinstance(other, (int, float)):
            return timedelta(microseconds=round(self._total / other))
        return NotImplemented

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total // other._total
        if isinstance(other, int):
            return timedelta(microseconds=self._total // other)
        return NotImplemented

    def __mod__(self, other):
        if isinstance(other, timedelta):
            return timedelta(microseconds=self._total % other._total)
        return NotImplemented

    def __eq__(self, other):
        return self._total == other._total if isinstance(other, timedelta) else NotImplemented

    def __lt__(self, other):
        return self._total < other._total if isinstance(other, timedelta) else _no_order(self, other, "<")

    def __le__(self, other):
        return self._total <= other._total if isinstance(other, timedelta) else _no_order(self, other, "<=")

    def __gt__(self, other):
        return self._total > other._total if isinstance(other, timedelta) else _no_order(self, other, ">")

    def __ge__(self, other):
        return self._total >= other._total if isinstance(other, timedelta) else _no_order(self, other, ">=")

    def __hash__(self):
        return hash(self._total)

    def __bool__(self):
        return self._total != 0

    def __str__(self):
        minutes, seconds = divmod(self.seconds, 60)
        text = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
        if self.microseconds:
            text += f".{self.microseconds:06}"
        if self.days:
            text = f"{self.days} day{'' if abs(self.days) == 1 else 's'}, {text}"
        return text

    def __repr__(self):
        parts = []
        if self.days:
            parts.append(f"days={self.days}")
        if self.seconds:
            parts.append(f"seconds={self.seconds}")
        if self.microseconds:
            parts.append(f"microseconds={self.microseconds}")
        return f"datetime.timedelta({', '.join(parts) or '0'})"


# So many units in microseconds, a fraction of one rounded half to even.
def _microseconds(value, unit):
    if isinstance(value, int):
        return value * unit
    whole = int(value)
    return whole * unit + round((value - whole) * unit)


class _Zone:
    def __init__(self, offset, name=None):
        self._seconds = int(offset.total_seconds())
        self._name = name

    def utcoffset(self, moment):
        return timedelta(seconds=self._seconds)

    def tzname(self, moment):
        if self._name is not None:
            return self._name
        return "UTC" if self._seconds == 0 else "UTC" + _offset_text(self)

    def __eq__(self, other):
        return self._seconds == other._seconds if isinstance(other, _Zone) else NotImplemented

    def __hash__(self):
        return hash(self._seconds)

    def __str__(self):
        return self.tzname(None)

    def __repr__(self):
        if self._seconds == 0 and self._name is None:
            return "datetime.timezone.utc"
        name = "" if self._name is None else f", {self._name!r}"
        return f"datetime.timezone({timedelta(seconds=self._seconds)!r}{name})"


class timezone(_Zone):
    utc = _Zone(timedelta(0))


UTC = timezone.utc


class date:
    def __init__(self, year, month, day):
        _check_date(year, month, day)
        self.year = year
        self.month = month
        self.day = day

    @classmethod
    def today(cls):
        now = _clock.gmtime()
        return cls(now[0], now[1], now[2])

    @classmethod
    def fromordinal(cls, number):
        year, month, day = _of_ordinal(number)
        return cls(year, month, day)

    @classmethod
    def fromtimestamp(cls, timestamp):
        now = _clock.gmtime(timestamp)
        return cls(now[0], now[1], now[2])

    @classmethod
    def fromisoformat(cls, text):
        parts = text.split("-")
        if len(parts) != 3 or [len(part) for part in parts] != [4, 2, 2]:
            raise ValueError(f"Invalid isoformat string: {text!r}")
        return cls(int(parts[0]), int(parts[1]), int(parts[2]))

    def toordinal(self):
        return _ordinal(self.year, self.month, self.day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.toordinal() % 7 or 7

    def timetuple(self):
        return _clock.struct_time(self._fields())

    def _fields(self):
        of_year = self.toordinal() - _ordinal(self.year, 1, 1) + 1
        return (self.year, self.month, self.day) + self._clock_fields() + (self.weekday(), of_year, -1)

    def _clock_fields(self):
        return (0, 0, 0)

    def strftime(self, format):
        return _formatted(format, self._fields(), 0, None)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def replace(self, year=None, month=None, day=None):
        return date(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
        )

    def isoformat(self):
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    def ctime(self):
        return _clock.asctime(self._fields())

    # What is compared: `None` for what has no order with it.
    def _key(self, other):
        if isinstance(other, date) and not isinstance(other, datetime):
            return other.toordinal()
        return None

    def __eq__(self, other):
        key = self._key(other)
        return NotImplemented if key is None else self._key(self) == key

    def __lt__(self, other):
        key = self._key(other)
        return _no_order(self, other, "<") if key is None else self._key(self) < key

    def __le__(self, other):
        key = self._key(other)
        return _no_order(self, other, "<=") if key is None else self._key(self) <= key

    def __gt__(self, other):
        key = self._key(other)
        return _no_order(self, other, ">") if key is None else self._key(self) > key

    def __ge__(self, other):
        key = self._key(other)
        return _no_order(self, other, ">=") if key is None else self._key(self) >= key

    def __hash__(self):
        return hash(self._key(self))

    def __add__(self, other):
        if isinstance(other, timedelta):
            return type(self).fromordinal(self.toordinal() + other.days)
        return NotImplemented

    def __radd__(self, other):
        return self.__add__(other)

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self).fromordinal(self.toordinal() - other.days)
        if isinstance(other, date) and not isinstance(other, datetime):
            return timedelta(days=self.toordinal() - other.toordinal())
        return NotImplemented

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return f"datetime.date({self.year}, {self.month}, {self.day})"


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        _check_time(hour, minute, second, microsecond)
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo

    def _key(self):
        return (self.hour * 60 + self.minute) * 60 + self.second, self.microsecond

    def isoformat(self, timespec="auto"):
        text = _clock_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return text + _offset_text(self.tzinfo)

    def strftime(self, format):
        fields = (1900, 1, 1, self.hour, self.minute, self.second, 0, 1, -1)
        return _formatted(format, fields, self.microsecond, self.tzinfo)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __eq__(self, other):
        return self._key() == other._key() if isinstance(other, time) else NotImplemented

    def __lt__(self, other):
        return self._key() < other._key() if isinstance(other, time) else _no_order(self, other, "<")

    def __le__(self, other):
        return self._key() <= other._key() if isinstance(other, time) else _no_order(self, other, "<=")

    def __gt__(self, other):
        return self._key() > other._key() if isinstance(other, time) else _no_order(self, other, ">")

    def __ge__(self, other):
        return self._key() >= other._key() if isinstance(other, time) else _no_order(self, other, ">=")

    def __hash__(self):
        return hash(self._key())

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        parts = [str(self.hour), str(self.minute)]
        if self.second or self.microsecond:
            parts.append(str(self.second))
        if self.microsecond:
            parts.append(str(self.microsecond))
        if self.tzinfo is not None:
            parts.append(f"tzinfo={self.tzinfo!r}")
        return f"datetime.time({', '.join(parts)})"


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None):
        super().__init__(year, month, day)
        _check_time(hour, minute, second, microsecond)
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo

    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_clock.time(), tz)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(_clock.time())

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(_clock.time())

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        total = round(timestamp * 1000000) + (0 if tz is None else tz._seconds * 1000000)
        return _moment(cls, 719163 * 86400000000 + total, tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp):
        return cls.fromtimestamp(timestamp)

    @classmethod
    def combine(cls, date, time):
        return cls(
            date.year, date.month, date.day, time.hour, time.minute, time.second, time.microsecond, time.tzinfo
        )

    @classmethod
    def strptime(cls, date_string, format):
        return cls(**_parsed(date_string, format))

    @classmethod
    def fromordinal(cls, number):
        year, month, day = _of_ordinal(number)
        return cls(year, month, day)

    @classmethod
    def fromisoformat(cls, text):
        zone = None
        body = text
        if body.endswith("Z"):
            body, zone = body[:-1], UTC
        elif len(body) > 19 and body[-6] in "+-":
            minutes = int(body[-5:-3]) * 60 + int(body[-2:])
            zone = timezone(timedelta(minutes=-minutes if body[-6] == "-" else minutes))
            body = body[:-6]
        day = date.fromisoformat(body[:10])
        parts = body[11:].split(":") if len(body) > 10 else ["0"]
        second, _, fraction = (parts[2] if len(parts) > 2 else "0").partition(".")
        minute = int(parts[1]) if len(parts) > 1 else 0
        microsecond = int((fraction + "000000")[:6])
        return cls(day.year, day.month, day.day, int(parts[0]), minute, int(second), microsecond, zone)

    # Microseconds since the beginning of year 1, in its own time.
    def _microseconds(self):
        seconds = (self.hour * 60 + self.minute) * 60 + self.second
        return (self.toordinal() * 86400 + seconds) * 1000000 + self.microsecond

    def _key(self, other):
        if not isinstance(other, datetime) or (self.tzinfo is None) != (other.tzinfo is None):
            return None
        return other._microseconds() - (0 if other.tzinfo is None else other.tzinfo._seconds * 1000000)

    def _clock_fields(self):
        return (self.hour, self.minute, self.second)

    def date(self):
        return date(self.year, self.month, self.day)

    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)

    def timestamp(self):
        return (self._key(self) - 719163 * 86400000000) / 1000000

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def astimezone(self, tz=None):
        zone = UTC if tz is None else tz
        return _moment(type(self), self._key(self) + zone._seconds * 1000000, zone)

    def replace(
        self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=True
    ):
        return datetime(
            self.year if year is None else year,
            self.month if month is None else month,
            self.day if day is None else day,
            self.hour if hour is None else hour,
            self.minute if minute is None else minute,
            self.second if second is None else second,
            self.microsecond if microsecond is None else microsecond,
            self.tzinfo if tzinfo is True else tzinfo,
        )

    def strftime(self, format):
        return _formatted(format, self._fields(), self.microsecond, self.tzinfo)

    def isoformat(self, sep="T", timespec="auto"):
        day = f"{self.year:04}-{self.month:02}-{self.day:02}"
        clock = _clock_text(self.hour, self.minute, self.second, self.microsecond, timespec)
        return f"{day}{sep}{clock}{_offset_text(self.tzinfo)}"

    def __add__(self, other):
        if isinstance(other, timedelta):
            return _moment(type(self), self._microseconds() + other._total, self.tzinfo)
        return NotImplemented

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return _moment(type(self), self._microseconds() - other._total, self.tzinfo)
        if isinstance(other, datetime):
            key = self._key(other)
            if key is None:
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return timedelta(microseconds=self._key(self) - key)
        return NotImplemented

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        parts = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            parts.append(self.second)
        if self.microsecond:
            parts.append(self.microsecond)
        zone = "" if self.tzinfo is None else f", tzinfo={self.tzinfo!r}"
        return f"datetime.datetime({', '.join([str(part) for part in parts])}{zone})"


def _moment(kind, microseconds, zone):
    seconds, microsecond = divmod(microseconds, 1000000)
    number, rest = divmod(seconds, 86400)
    year, month, day = _of_ordinal(number)
    return kind(year, month, day, rest // 3600, rest // 60 % 60, rest % 60, microsecond, zone)


def _formatted(format, fields, microsecond, zone):
    format = format.replace("%%", "%%\0").replace("%f", f"{microsecond:06}")
    format = format.replace("%z", _offset_text(zone, "")).replace("%Z", "" if zone is None else str(zone))
    return _clock.strftime(format.replace("%%\0", "%%"), fields)


# What `strptime` understands: the field that a directive gives, its most digits, and the largest number.
_DIGITS = {
    "Y": ("year", 4, 9999),
    "y": ("year", 2, 99),
    "m": ("month", 2, 12),
    "d": ("day", 2, 31),
    "H": ("hour", 2, 23),
    "I": ("hour", 2, 12),
    "M": ("minute", 2, 59),
    "S": ("second", 2, 61),
    "f": ("microsecond", 6, 999999),
}
_NAMES = "bBaAp"


def _parsed(text, format):
    fields = {"year": 1900, "month": 1, "day": 1}
    mismatch = ValueError(f"time data {text!r} does not match format {format!r}")
    at = 0
    afternoon = None
    position = 0
    while position < len(format):
        letter = format[position]
        position += 1
        if letter.isspace():
            while at < len(text) and text[at].isspace():
                at += 1
            continue
        directive = letter == "%"
        if directive:
            if position == len(format):
                raise ValueError(f"stray % in format {format!r}")
            letter = format[position]
            position += 1
        if not directive or letter == "%":
            if text[at : at + 1] != letter:
                raise mismatch
            at += 1
        elif letter in _DIGITS:
            field, most, largest = _DIGITS[letter]
            end = at
            while end < len(text) and end - at < most and text[end].isdigit():
                end += 1
            if end > at and int(text[at:end]) > largest:
                end -= 1
            if end == at or (letter == "Y" and end - at < 4):
                raise mismatch
            value = int(text[at:end])
            if letter == "f":
                value *= 10 ** (6 - (end - at))
            elif letter == "y":
                value += 2000 if value < 69 else 1900
            fields[field] = value
            at = end
        elif letter in _NAMES:
            number, name = _named(letter, text[at:].lower())
            if name is None:
                raise mismatch
            if letter in "bB":
                fields["month"] = number + 1
            elif letter == "p":
                afternoon = number == 1
            at += len(name)
        else:
            raise ValueError(f"{letter!r} is a bad directive in format {format!r}")
    if at < len(text):
        raise ValueError(f"unconverted data remains: {text[at:]}")
    if afternoon is not None and "%I" in format:
        fields["hour"] = fields["hour"] % 12 + 12 * afternoon
    return fields


# Which of the months, weekdays, or halves of the day the text begins with.
def _named(letter, text):
    count = 12 if letter in "bB" else 2 if letter == "p" else 7
    for number in range(count):
        moment = datetime(2001, number + 1 if count == 12 else 1, number + 1 if count == 7 else 1, 12 * number % 24)
        name = moment.strftime("%" + letter).lower()
        if text.startswith(name):
            return number, name
    return None, None

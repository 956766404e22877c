# Dates, times, and the spans between them.
from datetime import date, datetime, time, timedelta, timezone

begin = datetime(2024, 2, 28, 22, 30, 15, 250)
print(begin, repr(begin), begin.isoformat(), begin.date(), begin.time(), begin.year, begin.weekday())
later = begin + timedelta(hours=2, minutes=45)
print(later, later - begin, (later - begin).total_seconds(), later > begin, begin == begin.replace(), later != begin)
print(begin.strftime("%d/%m/%Y %H:%M:%S.%f"), f"{begin:%H:%M}", f"{begin}", begin.replace(year=2025, month=1))
print(begin - timedelta(days=60), begin + timedelta(weeks=1), datetime(2024, 1, 1) - datetime(2023, 1, 1))

for span in (timedelta(0), timedelta(days=1), timedelta(days=-1, seconds=5), timedelta(hours=30, milliseconds=1), timedelta(seconds=1.5)):
    print(span, repr(span), span.days, span.seconds, span.microseconds, -span, bool(span))
minute = timedelta(minutes=1)
print(minute * 90, minute / 4, minute / timedelta(seconds=7), timedelta(hours=1) // minute, 3 * minute, abs(-minute))
print(timedelta(hours=25) % timedelta(days=1), minute < timedelta(seconds=61), sum([minute, minute], timedelta()), minute == timedelta(seconds=60))
print({minute: "m"}[timedelta(seconds=60)], max(minute, timedelta(seconds=59)), sorted([minute, timedelta(0)]))

day = date(2024, 12, 30)
print(day, repr(day), day.weekday(), day.isoweekday(), day + timedelta(days=3), day - date(2024, 1, 1), day.strftime("%a %j"))
print(date.fromisoformat("2024-02-29"), date.fromordinal(738000), day.toordinal(), day < date(2025, 1, 1), day.timetuple().tm_yday)
clock = time(9, 5, 7)
print(clock, repr(clock), clock.isoformat("minutes"), time(1, 2, 3, 4), clock < time(10), clock.strftime("%H.%M"))
print(datetime.combine(day, clock), datetime.fromisoformat("2024-05-06T07:08:09.5"), datetime(2024, 5, 6).isoformat(" "))
utc = datetime(2024, 1, 1, tzinfo=timezone.utc)
print(utc, repr(utc), utc.timestamp(), datetime.fromtimestamp(1e9, timezone.utc), timezone.utc, timezone(timedelta(hours=2)))
print(utc.astimezone(timezone(timedelta(hours=-5, minutes=-30))), utc.isoformat(timespec="milliseconds"), utc == datetime(2024, 1, 1))
started = datetime.now()
print(isinstance(started, date), datetime.now() - started >= timedelta(0), date.today() <= datetime.now().date())
for wrong in (
    lambda: datetime(2023, 2, 29),
    lambda: datetime(2023, 13, 1),
    lambda: time(24),
    lambda: date(0, 1, 1),
    lambda: begin + 5,
    lambda: begin < utc,
    lambda: utc - begin,
    lambda: day < 5,
    lambda: date.fromisoformat("soon"),
):
    try:
        print(wrong())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

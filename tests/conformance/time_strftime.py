# Every code of strftime, as the C locale writes it.
import time
from datetime import date, datetime

moments = [
    (2021, 1, 2, 3, 4, 5, 5, 2, 0),
    (2020, 12, 31, 23, 59, 59, 3, 366, 0),
    (2024, 2, 29, 12, 0, 0, 3, 60, 0),
    (1999, 1, 3, 0, 30, 0, 6, 3, 0),
]
for code in "aAbBcCdDeFgGhHIjklmMnpPrRStTuUVwWxXyY%":
    print(code, [time.strftime("%" + code, moment) for moment in moments])
print(time.strftime("%-d %_m %0e %^a %#p %-H:%-M %Ey %Od", moments[0]))
print(time.strftime("50%% %Q %q %+ 100%", moments[0]), repr(time.strftime("", moments[0])))
print(datetime(2021, 3, 4, 5, 6, 7, 89).strftime("%d.%m.%y %H:%M:%S.%f [%z] [%Z]"))
print(date(2000, 1, 1).strftime("%G-W%V-%u, day %j"), f"{date(1987, 6, 5):%d %b %Y}")
print(time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(0)), time.asctime(time.gmtime(86399)))
wrong = [(2021, 13, 1, 0, 0, 0, 0, 1, 0), (2021, 1, 32, 0, 0, 0, 0, 1, 0), (2021, 1, 1, 24, 0, 0, 0, 1, 0)]
for moment in [*wrong, (2021, 1, 1), "today"]:
    try:
        print(time.strftime("%c", moment))
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

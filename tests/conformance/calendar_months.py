import calendar

print(calendar.isleap(2024), calendar.monthrange(2024, 2), calendar.weekday(2024, 5, 17), calendar.leapdays(2000, 2025))
print(calendar.monthcalendar(2023, 2), calendar.day_name[0], calendar.month_abbr[5], list(calendar.month_name)[1])
print(calendar.month(2024, 5))
print(calendar.timegm((2024, 5, 17, 12, 30, 0)))
try:
    calendar.monthrange(2024, 13)
except ValueError as error:
    print(error)

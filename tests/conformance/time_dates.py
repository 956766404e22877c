# The clock's times as dates.
import time

moment = 1700000000
parts = time.gmtime(moment)
print(parts.tm_year, parts.tm_mon, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, parts.tm_wday, parts.tm_yday)
print(parts)
print(tuple(parts)[:3], parts[3], len(parts), parts[3:6], parts == time.gmtime(moment))
print(time.strftime("%Y-%m-%d %H:%M:%S", parts), time.strftime("%a %d %b %y, %I:%M %p, day %j", parts))
print(time.strftime("%A %B %D %T %R %F %e %% %u %w %U %W %V %G %C", parts))
print(time.asctime(parts), time.asctime(time.gmtime(0)), time.strftime("%c | %x | %X", time.gmtime(86399)))
for seconds in (0, 951782400, 951868800, 1709164800, 4102444800, -1, 68169600):
    print(time.strftime("%Y-%m-%d %j %V %G %a", time.gmtime(seconds)))
print(time.struct_time((2024, 2, 29, 1, 2, 3, 3, 60, 0)))
print(len(time.strftime("%H:%M:%S")), len(time.ctime()), time.localtime().tm_year >= 2024)
begin = time.process_time()
print(begin >= 0.0, time.thread_time() >= 0.0, time.process_time() >= begin, time.strftime(""))

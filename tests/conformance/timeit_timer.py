# Timers of functions, with a clock of one's own.
import timeit
from timeit import default_timer as timer

start = timer()
print(timer() >= start, timer is timeit.default_timer)
ticks = [0]
calls = []


def clock():
    ticks[0] += 1
    return ticks[0]


def work():
    calls.append(ticks[0])


print(timeit.timeit(work, number=3, timer=clock), len(calls))
print(timeit.repeat(work, repeat=2, number=2, timer=clock), len(calls))
measure = timeit.Timer(work, setup=lambda: print("set up"), timer=clock)
print(measure.timeit(4), measure.repeat(2, 1), len(calls))
try:
    timeit.Timer(3)
except ValueError as error:
    print(error)

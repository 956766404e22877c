# The constants are numbers with a name.
import signal

print(signal.SIGINT, repr(signal.SIGINT), f"{signal.SIGTERM} {signal.SIGTERM!r}", signal.SIGUSR1.name, signal.SIGUSR2.value)
print(signal.SIGINT == 2, signal.SIGINT != 3, signal.SIGINT < signal.SIGTERM, int(signal.SIGHUP))
print(signal.Signals(15).name, repr(signal.Signals(2)), signal.Signals(2) == signal.SIGINT)
print(repr(signal.SIG_DFL), repr(signal.SIG_IGN), signal.strsignal(signal.SIGINT), signal.strsignal(15))

for call in (
    lambda: signal.signal(99, print),
    lambda: signal.signal(0, print),
    lambda: signal.signal(signal.SIGINT, 5),
    lambda: signal.signal("SIGINT", print),
    lambda: signal.signal(9, print),
    lambda: signal.getsignal(1000),
    lambda: signal.raise_signal(1000),
    lambda: signal.Signals(99),
):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)

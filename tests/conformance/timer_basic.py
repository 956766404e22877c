# A timer is a thread that waits for its event with a limit, and calls its function unless it was cancelled meanwhile.
import threading


def note(*parts, **named):
    print(threading.current_thread().name, parts, named)


first = threading.Timer(0.02, note, [1, 2], {"unit": "cm"})
print(first, first.name, first.daemon, first.interval, first.args, first.kwargs)
print(isinstance(first, threading.Thread), first.function is note, first.finished.is_set())
first.start()
first.join()
print(first.finished.is_set(), first.is_alive())

never = threading.Timer(60, note)
print(never.name, never.args, never.kwargs)
never.daemon = True
never.name = "never"
never.start()
never.cancel()
never.join(10)
print(never.finished.is_set(), never.is_alive())

early = threading.Timer(0.01, note, ("not called",))
early.cancel()
early.start()
early.join()

named = threading.Timer(interval=0.01, function=note, kwargs={"k": None})
named.start()
named.join()
try:
    named.start()
except RuntimeError as error:
    print(error)

for arguments in ((), (1,), (1, note, [], {}, "more")):
    try:
        threading.Timer(*arguments)
    except TypeError as error:
        print(error)

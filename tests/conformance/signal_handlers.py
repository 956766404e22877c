# Handlers: set, asked for, run in the main thread wherever it is.
import signal
import threading

seen = []


def note(number, frame):
    seen.append((number, threading.current_thread().name))


before = signal.signal(signal.SIGUSR1, note)
print(before, repr(before))
print(signal.getsignal(signal.SIGUSR1) is note)
signal.raise_signal(signal.SIGUSR1)
print(seen)

# Another thread sends it; the main thread handles it.
helper = threading.Thread(target=signal.raise_signal, args=(signal.SIGUSR1,), name="helper")
helper.start()
helper.join()
print(seen)

print(repr(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is note))
signal.raise_signal(signal.SIGUSR1)
print(len(seen), repr(signal.getsignal(signal.SIGUSR1)))
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)


class Counter:
    def __init__(self):
        self.count = 0

    def handle(self, number, frame):
        self.count += 1


counter = Counter()
signal.signal(signal.SIGTERM, counter.handle)
for _ in range(3):
    signal.raise_signal(signal.SIGTERM)
print(counter.count)
signal.signal(signal.SIGTERM, signal.SIG_DFL)
print(repr(signal.getsignal(signal.SIGTERM)))


def elsewhere():
    try:
        signal.signal(signal.SIGINT, note)
    except ValueError as error:
        print(error)


thread = threading.Thread(target=elsewhere)
thread.start()
thread.join()

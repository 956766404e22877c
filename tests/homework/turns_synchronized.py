# Turns with a decorator that every method of the class is under, as `synchronized` is in Java.
# expect: safe
import functools
import threading


def synchronized(method):
    @functools.wraps(method)
    def wrapper(self, *args, **kwargs):
        with self._monitor:
            return method(self, *args, **kwargs)

    return wrapper


class Turn:
    def __init__(self, players):
        self._monitor = threading.Condition(threading.RLock())
        self._players = players
        self._index = 0

    @property
    def current(self):
        return self._players[self._index]

    @synchronized
    def take(self, me):
        while self.current != me:
            self._monitor.wait()

    @synchronized
    def give(self):
        self._index = (self._index + 1) % len(self._players)
        self._monitor.notify_all()


names = ("rock", "paper", "scissors")
turn = Turn(names)


def play(name):
    for _ in range(2):
        turn.take(name)
        print(name, end="\n" if name == names[-1] else ", ")
        turn.give()


crew = [threading.Thread(None, play, f"player {name}", (name,)) for name in names]
for member in crew[::-1]:
    member.start()
for member in crew:
    member.join()
print("next: %s" % turn.current)

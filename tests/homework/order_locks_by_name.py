# Print in order by a table of steps: each names the lock it waits for and the one it opens, found by getattr.
# expect: safe
import threading


class Gates:
    def __init__(self, *names):
        for name in names:
            lock = threading.Lock()
            lock.acquire()
            setattr(self, name, lock)


gates = Gates("bread", "butter", "jam", "plate")
recipe = {
    "slice the bread": (None, "bread"),
    "spread the butter": ("bread", "butter"),
    "add the jam": ("butter", "jam"),
    "serve": ("jam", "plate"),
}
log = []


def step(what):
    needs, opens = recipe[what]
    if needs:
        getattr(gates, needs).acquire()
    log.append(what)
    getattr(getattr(gates, opens), "release")()


kitchen = [threading.Thread(target=step, args=(what,)) for what in reversed(recipe)]
for cook in kitchen:
    cook.start()
gates.plate.acquire()
for number, what in enumerate(log):
    print(f"{number + 1}) {what}")

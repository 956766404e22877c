# Building H2O with one condition: an atom waits until there are enough of the others, then takes part in a molecule.
# expect: safe
import threading


class Reactor:
    def __init__(self):
        self.cond = threading.Condition()
        self.free = {"H": 0, "O": 0}
        self.tickets = {"H": 0, "O": 0}
        self.made = 0

    def arrive(self, kind):
        with self.cond:
            self.free[kind] += 1
            if self.free["H"] >= 2 and self.free["O"] >= 1:
                self.free["H"] -= 2
                self.free["O"] -= 1
                self.tickets["H"] += 2
                self.tickets["O"] += 1
                self.made += 1
                self.cond.notify_all()
            while self.tickets[kind] == 0:
                self.cond.wait()
            self.tickets[kind] -= 1


reactor = Reactor()


def atom(kind):
    reactor.arrive(kind)
    print(f"{kind} is bound")


threads = [threading.Thread(target=atom, args=(kind,)) for kind in "HHHHOO"]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(f"{reactor.made} molecules of water")

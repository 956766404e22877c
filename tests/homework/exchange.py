# A hand-made exchanger: elves come in pairs, and each goes home with the gift of the other one.
# expect: safe
import threading


class Exchanger:
    def __init__(self):
        self.cond = threading.Condition()
        self.first = None
        self.second = None

    def exchange(self, item):
        with self.cond:
            while self.second is not None:
                self.cond.wait()
            if self.first is None:
                self.first = (item,)
                while self.second is None:
                    self.cond.wait()
                (other,) = self.second
                self.first = self.second = None
                self.cond.notify_all()
            else:
                (other,) = self.first
                self.second = (item,)
                self.cond.notify_all()
        return other


exchanger = Exchanger()
received = {}
received_lock = threading.Lock()


def elf(name, gift):
    other = exchanger.exchange(gift)
    with received_lock:
        received[name] = other


gifts = {"Pip": "kite", "Fizz": "drum", "Jingle": "doll", "Snap": "ball"}
elves = [threading.Thread(target=elf, args=pair, name=pair[0]) for pair in gifts.items()]
for e in elves:
    e.start()
for e in elves:
    e.join()
print("nobody got their own:", all(received[name] != gift for name, gift in gifts.items()))
print(sorted(received.values()))

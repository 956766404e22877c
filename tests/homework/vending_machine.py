# A vending machine: customers put coins in, a supplier fills it up; who finds their drink sold out waits for it.
# expect: safe
import threading


class SoldOut(Exception):
    pass


class VendingMachine:
    PRICES = {"cola": 2, "water": 1}

    def __init__(self):
        self.stock = {"cola": 1, "water": 0}
        self.coins = 0
        self.changed = threading.Condition(threading.RLock())

    def _take(self, drink):
        with self.changed:
            if self.stock[drink] == 0:
                raise SoldOut(drink)
            self.stock[drink] -= 1
            self.coins += self.PRICES[drink]

    def buy(self, drink):
        with self.changed:
            while True:
                try:
                    return self._take(drink)
                except SoldOut:
                    self.changed.wait()

    def fill(self, drink, count):
        with self.changed:
            self.stock[drink] += count
            self.changed.notify_all()


machine = VendingMachine()


def customer(name, drink):
    machine.buy(drink)
    print(f"{name} drinks {drink}")


def supplier():
    for drink in ("cola", "water"):
        machine.fill(drink, 3)


wishes = {"Uma": "cola", "Vic": "cola", "Wes": "water", "Ximena": "cola", "Yve": "water"}
people = [threading.Thread(target=customer, args=wish) for wish in wishes.items()]
for p in people:
    p.start()
threading.Thread(target=supplier).start()
for p in people:
    p.join()
print("coins:", machine.coins)

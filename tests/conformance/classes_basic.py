# Classes: attributes of instance and class, methods, bound methods.
class Account:
    """Counts its instances."""

    count = 0
    bank = "First"

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        Account.count += 1

    def deposit(self, amount):
        self.balance += amount
        return self

    def owner_and(self, *others):
        return [self.owner, *others]


ada, alan = Account("ada"), Account("alan", balance=5)
print(ada.deposit(10).deposit(5).balance, alan.balance, Account.count, ada.count)
alan.bank = "Second"
print(ada.bank, alan.bank, Account.bank)
Account.bank = "Renamed"
print(ada.bank, alan.bank)
bound = ada.deposit
bound(1)
Account.deposit(ada, 1)
print(ada.balance, ada.owner_and("b", "c"), type(ada).__name__, ada.__class__ is Account)
print(hasattr(ada, "owner"), hasattr(ada, "nothing"), getattr(ada, "nothing", "default"), isinstance(ada, Account))
setattr(ada, "nick", "a")
del ada.owner
print(ada.nick, hasattr(ada, "owner"), ada is ada, ada == alan, Account.__name__)
try:
    ada.owner
except AttributeError as error:
    print(error)
try:
    Account.missing
except AttributeError as error:
    print(error)

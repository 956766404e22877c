# Three clerks move money around in a circle, each with two locks. Another clerk only looks on, and goes home.
# expect: deadlock: Kim, Lou, Mia
import threading
import time
from dataclasses import dataclass, field


@dataclass
class Account:
    name: str
    balance: int = 100
    lock: threading.Lock = field(default_factory=threading.Lock)


accounts = [Account("rent"), Account("food"), Account("fun")]


def move(source: Account, target: Account):
    with source.lock:
        time.sleep(0.2)
        with target.lock:
            source.balance -= 10
            target.balance += 10


def look_on():
    time.sleep(0.1)
    print("accounts:", ", ".join(account.name for account in accounts))


clerks = [
    threading.Thread(target=move, args=(accounts[i], accounts[(i + 1) % 3]), name=name)
    for i, name in enumerate(["Kim", "Lou", "Mia"])
]
clerks.append(threading.Thread(target=look_on, name="Nil"))
for clerk in clerks:
    clerk.start()
for clerk in clerks:
    clerk.join()

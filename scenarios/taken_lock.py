# /// script
# [tool.raddle]
# title = "The lock is taken away"
# summary = "A lock protects a moment when the books do not add up. In that very moment it is taken away from its holder: watch the auditor see the wrong sum, and the holder find out only at the end."
# topics = ["Lock", "take", "invariant"]
# expect = "error"
# faults = ["take:books@line=28"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Kilit elinden alınır"
# summary = "Kilit, hesapların birbirini tutmadığı bir anı korur. Tam o anda sahibinin elinden alınır: denetçinin yanlış toplamı görmesini, kilidin sahibinin bunu ancak sonda fark etmesini izleyin."
# ///
import threading
import time

books = threading.Lock()
halfway = threading.Event()
cash = 100
bank = 0


def transfer():
    global cash, bank
    with books:
        cash -= 10
        halfway.set()
        time.sleep(2)
        bank += 10


def audit():
    halfway.wait()
    with books:
        print("auditor: cash and bank make", cash + bank)


cashier = threading.Thread(name="cashier", target=transfer)
auditor = threading.Thread(name="auditor", target=audit)
cashier.start()
auditor.start()
cashier.join()
auditor.join()

# /// script
# [tool.raddle]
# title = "The lock is taken away"
# summary = "A lock protects a moment when the books do not add up. It is taken away in that very moment: watch the auditor see it, and the holder find out at the end."
# topics = ["Lock", "take", "invariant"]
# expect = "error"
# faults = ["take:books@line=28"]
# group = "Faults"
#
# [tool.raddle.tr]
# title = "Kilit elinden alınır"
# summary = "Kilit, hesabın tutmadığı bir anı korur. Tam o anda alınır: denetçinin bunu görmesine, kilidi tutanın ise sonda fark etmesine bakın."
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

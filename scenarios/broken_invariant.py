# /// script
# [tool.raddle]
# title = "Half a transfer"
# summary = "Money moves from one account to another, and an auditor looks in between. Watch the total be wrong for a moment, although no money is lost."
# topics = ["invariant", "race condition", "dict"]
# expect = "race"
# group = "Sharing and races"
#
# [tool.raddle.tr]
# title = "Yarım havale"
# summary = "Para bir hesaptan ötekine geçerken denetçi tam o arada bakar. Hiç para kaybolmadığı hâlde toplamın bir an yanlış çıkmasını izleyin."
# ///
import threading
import time

accounts = {"savings": 100, "checking": 100}


def transfer(amount):
    accounts["savings"] -= amount
    time.sleep(0.6)  # the money is nowhere
    accounts["checking"] += amount


def audit():
    time.sleep(0.3)
    total = accounts["savings"] + accounts["checking"]
    print(f"auditor: total {total}")


clerk = threading.Thread(name="clerk", target=transfer, args=(50,))
auditor = threading.Thread(name="auditor", target=audit)
clerk.start()
auditor.start()
clerk.join()
auditor.join()
print(f"at the end: total {sum(accounts.values())}")

# /// script
# [tool.raddle]
# title = "Check, then act"
# summary = "One seat is left, and two customers look before either books. Watch both checks come before both bookings."
# topics = ["check-then-act", "race condition"]
# expect = "race"
# group = "Sharing and races"
#
# [tool.raddle.tr]
# title = "Önce bak, sonra yap"
# summary = "Tek koltuk kaldı; iki müşteri de yer ayırtmadan önce bakar. İki kontrolün de iki ayırtmadan önce yapıldığına dikkat edin."
# ///
import threading
import time

free = 1
booked = []


def book(customer):
    global free
    if free > 0:  # check ...
        time.sleep(0.4)  # filling in the form
        free -= 1  # ... then act: what was checked may be long gone
        booked.append(customer)


customers = [threading.Thread(name=name, target=book, args=(name,)) for name in ("ann", "ben")]
for customer in customers:
    customer.start()
for customer in customers:
    customer.join()

print(f"booked by {sorted(booked)}")
print(f"seats left: {free}")

# A ticket office with two windows and one seat left. Both look, both sell, both write down what they think is left.
# expect: race: window 1, window 2
import threading
import time


class TicketOffice:
    def __init__(self, seats):
        self.seats = seats

    def sell(self, window):
        left = self.seats
        if left > 0:
            time.sleep(0.1)  # prints the ticket
            self.seats = left - 1
            print(f"{window} sold a ticket")
        else:
            print(f"{window}: sold out")


office = TicketOffice(1)
windows = [threading.Thread(target=office.sell, args=(f"window {i}",), name=f"window {i}") for i in (1, 2)]
for w in windows:
    w.start()
for w in windows:
    w.join()
print("seats left:", office.seats)

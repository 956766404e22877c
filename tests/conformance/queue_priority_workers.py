# Several threads put, compare by a method of the items that takes a lock, and one takes them all in order.
import queue
import threading

compared = threading.Lock()
count = 0


class Order:
    def __init__(self, price, trader):
        self.price = price
        self.trader = trader

    def __lt__(self, other):
        global count
        with compared:
            count += 1
        return (self.price, self.trader) < (other.price, other.trader)


book = queue.PriorityQueue()


def trade(trader):
    for step in range(6):
        book.put(Order((step * 7 + trader * 3) % 10, trader))


traders = [threading.Thread(target=trade, args=(number,)) for number in range(3)]
for thread in traders:
    thread.start()
for thread in traders:
    thread.join()

filled = []


def fill():
    while True:
        order = book.get()
        if order.trader < 0:
            book.task_done()
            break
        filled.append((order.price, order.trader))
        book.task_done()


book.put(Order(99, -1))
clerk = threading.Thread(target=fill)
clerk.start()
book.join()
clerk.join()
print(filled == sorted(filled), len(filled))
print(filled[:4], filled[-1], count > 18)

# A ticket office with four windows and a lock: all seats are sold, none twice.
# expect: safe
import threading

total_tickets = 20
sold = []
lock = threading.Lock()


def window():
    global total_tickets
    while True:
        lock.acquire()
        try:
            if total_tickets <= 0:
                return
            sold.append(total_tickets)
            total_tickets -= 1
        finally:
            lock.release()


windows = []
for i in range(4):
    t = threading.Thread(target=window)
    windows.append(t)
    t.start()
for t in windows:
    t.join()
print("tickets left", total_tickets)
print("sold twice:", len(sold) - len(set(sold)))

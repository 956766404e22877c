# An emergency room: patients come in any order, and are treated by urgency once the doctor is there.
# expect: safe
import itertools
import queue
import threading

waiting_room = queue.PriorityQueue()
ticket = itertools.count()
ticket_lock = threading.Lock()


def arrive(name, urgency):
    with ticket_lock:
        number = next(ticket)
    waiting_room.put((urgency, name, number))


def doctor():
    while True:
        urgency, name, number = waiting_room.get()
        if name == "":
            print("the doctor goes home")
            return
        print(f"treated {name} ({urgency})")


patients = [("Zoe", 3), ("Yan", 1), ("Xia", 2), ("Wim", 1)]
arrivals = [threading.Thread(target=arrive, args=patient) for patient in patients]
for a in arrivals:
    a.start()
for a in arrivals:
    a.join()
arrive("", 99)
d = threading.Thread(target=doctor)
d.start()
d.join()

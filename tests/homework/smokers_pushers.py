# Cigarette smokers with pushers: for each ingredient a helper that finds out, under a mutex, whose turn it is.
# expect: safe
import threading
from threading import Semaphore, Thread

agentSem = Semaphore(1)
tobacco, paper, match = Semaphore(0), Semaphore(0), Semaphore(0)
mutex = Semaphore(1)
ready = {"tobacco": Semaphore(0), "paper": Semaphore(0), "match": Semaphore(0)}
onTable = set()
DAYS = [("tobacco", tobacco, "paper", paper), ("paper", paper, "match", match), ("tobacco", tobacco, "match", match)]
ALL = {"tobacco", "paper", "match"}


def agent():
    for one, oneSem, two, twoSem in DAYS:
        agentSem.acquire()
        print(f"on the table: {one}, {two}")
        oneSem.release()
        twoSem.release()


def pusher(name, sem):
    while True:
        sem.acquire()
        with mutex:
            onTable.add(name)
            if len(onTable) == 2:
                (last,) = ALL - onTable
                onTable.clear()
                ready[last].release()


def smoker(name):
    ready[name].acquire()
    print(f"the one with {name} smokes")
    agentSem.release()


for name, sem in (("tobacco", tobacco), ("paper", paper), ("match", match)):
    Thread(target=pusher, args=(name, sem), daemon=True).start()
people = [Thread(target=agent)] + [Thread(target=smoker, args=(name,)) for name in sorted(ALL)]
for person in people:
    person.start()
for person in people:
    person.join()
print("everybody has smoked;", threading.active_count() - 1, "pushers left")

# A deque needs no lock where one call is all that a thread does: nothing is lost, nothing is taken twice.
import threading
from collections import deque

jobs = deque(range(60))
done = deque()
recent = deque(maxlen=4)


def work():
    while True:
        try:
            job = jobs.popleft()
        except IndexError:
            return
        done.append(job)
        recent.append(job)


workers = [threading.Thread(target=work) for _ in range(3)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
print(len(done), sorted(done) == list(range(60)), len(jobs), len(recent))

# A bounded buffer with a condition.
room = deque()
changed = threading.Condition()
taken = []


def produce():
    for number in range(10):
        with changed:
            while len(room) >= 3:
                changed.wait()
            room.append(number)
            changed.notify_all()


def consume():
    for _ in range(10):
        with changed:
            while not room:
                changed.wait()
            taken.append(room.popleft())
            changed.notify_all()


both = [threading.Thread(target=produce), threading.Thread(target=consume)]
for thread in both:
    thread.start()
for thread in both:
    thread.join()
print(taken, room)

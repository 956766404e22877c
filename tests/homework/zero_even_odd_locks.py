# Print zero, even, odd with plain locks only: what a semaphore would do, released from the other threads.
# expect: safe
from threading import Lock, Thread

n = 6
zero_turn, even_turn, odd_turn = Lock(), Lock(), Lock()
even_turn.acquire()
odd_turn.acquire()
digits = []


def zero():
    for i in range(n):
        zero_turn.acquire()
        digits.append(0)
        if i % 2 == 0:
            odd_turn.release()
        else:
            even_turn.release()


def numbers(start, mine):
    for i in range(start, n + 1, 2):
        mine.acquire()
        digits.append(i)
        zero_turn.release()


workers = [
    Thread(target=numbers, args=(2, even_turn), name="even"),
    Thread(target=numbers, args=(1, odd_turn), name="odd"),
    Thread(target=zero, name="zero"),
]
for w in workers:
    w.start()
for w in workers:
    w.join()
print(*digits, sep="")

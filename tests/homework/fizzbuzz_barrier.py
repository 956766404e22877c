# FizzBuzz in lockstep: all four look at every number, and meet at a barrier before the next one.
# expect: safe
import threading

LAST = 10
barrier = threading.Barrier(4)
lines_lock = threading.Lock()
lines = []


def player(rule, word):
    for i in range(1, LAST + 1):
        if rule(i):
            with lines_lock:
                lines.append((i, word or str(i)))
        barrier.wait()


rules = [
    (lambda i: i % 3 == 0 and i % 5, "fizz"),
    (lambda i: i % 5 == 0 and i % 3, "buzz"),
    (lambda i: i % 15 == 0, "fizzbuzz"),
    (lambda i: i % 3 and i % 5, ""),
]
players = [threading.Thread(target=player, args=rule) for rule in rules]
for p in players:
    p.start()
for p in players:
    p.join()
for i, word in lines:
    print(f"{i:>2} {word}")

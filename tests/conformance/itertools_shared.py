# Threads draw numbers and turns from shared iterators: `next` on them is one step.
import itertools
import threading

numbers = itertools.count(100, 5)
turns = itertools.cycle(["red", "green"])
drawn = []
colours = []


def draw():
    for _ in range(20):
        drawn.append(next(numbers))
        colours.append(next(turns))


threads = [threading.Thread(target=draw) for _ in range(3)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(len(set(drawn)), min(drawn), max(drawn))
print(colours.count("red"), colours.count("green"))
print(numbers, itertools.count(), itertools.count(1.5, 0.5), itertools.repeat("x", 2), itertools.repeat(1))
print(next(itertools.count(-3)), list(zip("abc", itertools.count(1))), list(map(pow, [2, 3], itertools.repeat(2))))
print(list(itertools.islice(itertools.cycle(n for n in range(3)), 7)), list(itertools.cycle([])))

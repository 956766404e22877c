# The least item first; what compares equal comes out in the order of CPython's heap.
import queue

jobs = queue.PriorityQueue()
for number in [5, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5]:
    jobs.put(number)
print([jobs.get() for _ in range(jobs.qsize())])

for priority, name in [(2, "pear"), (1, "fig"), (2, "apple"), (3, "kiwi"), (1, "date"), (2, "lime")]:
    jobs.put((priority, name))
while not jobs.empty():
    print(*jobs.get())


class Task:
    def __init__(self, priority, name):
        self.priority = priority
        self.name = name

    def __lt__(self, other):
        return self.priority < other.priority

    def __repr__(self):
        return f"{self.name}/{self.priority}"


tasks = queue.PriorityQueue(maxsize=12)
for index, priority in enumerate([3, 1, 2, 1, 3, 2, 2, 1, 3, 1, 2, 3]):
    tasks.put(Task(priority, "abcdefghijkl"[index]))
print(tasks.full())
taken = []
for _ in range(5):
    taken.append(tasks.get())
tasks.put(Task(0, "urgent"))
tasks.put(Task(2, "late"))
while tasks.qsize():
    taken.append(tasks.get_nowait())
print(taken)

mixed = queue.PriorityQueue()
mixed.put(2.5)
mixed.put(True)
mixed.put(2)
mixed.put(10**30)
mixed.put(float("-inf"))
print([mixed.get() for _ in range(5)])

words = queue.PriorityQueue()
for word in ["pear", "Pear", "apple", "", "zoo"]:
    words.put(word)
print([words.get() for _ in range(5)])

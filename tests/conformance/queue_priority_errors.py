# Items that cannot be compared, or whose comparison fails.
import queue
import threading

jobs = queue.PriorityQueue()
jobs.put(1)
try:
    jobs.put("one")
except TypeError as error:
    print("put:", error)
print(jobs.qsize())

pairs = queue.PriorityQueue()
pairs.put((1, {"a": 1}))
try:
    pairs.put((1, {"b": 2}))
except TypeError as error:
    print("tie:", error)


class Picky:
    def __init__(self, value):
        self.value = value

    def __lt__(self, other):
        if self.value == 13 or other.value == 13:
            raise ValueError("unlucky")
        return self.value < other.value


picky = queue.PriorityQueue()
picky.put(Picky(7))
try:
    picky.put(Picky(13))
except ValueError as error:
    print("put:", error)
print(picky.qsize())


class Plain:
    pass


try:
    plain = queue.PriorityQueue()
    plain.put(Plain())
    plain.put(Plain())
except TypeError as error:
    print("plain:", error)

# The queue can be used by others after a comparison failed.
picky.get()


def put_some():
    other = queue.PriorityQueue()
    for value in [3, 1, 2]:
        other.put(Picky(value))
    print([other.get().value for _ in range(3)])


thread = threading.Thread(target=put_some)
thread.start()
thread.join()
try:
    jobs.put(3, timeout=-1)
    print("unbounded: a negative timeout is not looked at")
    queue.PriorityQueue(1).put(1, timeout=-1)
except (ValueError, TypeError) as error:
    print(type(error).__name__, error)

# What heaps say to what is no list, is empty, or cannot be compared.
import heapq


def attempt(function, *arguments):
    try:
        print(function(*arguments))
    except Exception as error:
        print(type(error).__name__, error)


attempt(heapq.heappush, (1, 2), 3)
attempt(heapq.heappop, "abc")
attempt(heapq.heapify, 5)
attempt(heapq.heapreplace, {}, 1)
attempt(heapq.heappushpop, None, 1)
attempt(heapq.heappop, [])
attempt(heapq.heapreplace, [], 1)
attempt(heapq.heappushpop, [], 1)
attempt(heapq.heappush, [1])
mixed = [1, 2]
attempt(heapq.heappush, mixed, "a")
print(mixed)
attempt(heapq.heapify, [1, "a"])

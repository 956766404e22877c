# Pushing and popping is one step each, as it is one call in CPython.
import bisect
import heapq
import threading

heap = [0]
ordered = []


def churn(first):
    for number in range(first, first + 200):
        heapq.heappush(heap, number)
        heapq.heappop(heap)
        bisect.insort(ordered, number)


crew = [threading.Thread(target=churn, args=(number * 200,)) for number in range(4)]
for thread in crew:
    thread.start()
for thread in crew:
    thread.join()
print(len(heap), ordered == list(range(800)))

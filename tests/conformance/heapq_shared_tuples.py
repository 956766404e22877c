# Threads that share a heap of tuples without a lock lose nothing.
import heapq
import threading

heap = []
taken = []


def push(first):
    for number in range(first, 60, 3):
        heapq.heappush(heap, (number % 7, number))


def pop():
    for _ in range(20):
        taken.append(heapq.heappop(heap))


for crew in ([threading.Thread(target=push, args=(first,)) for first in range(3)],
             [threading.Thread(target=pop) for _ in range(2)]):
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
print(len(heap), len(taken), sorted(taken) == sorted((number % 7, number) for number in range(60))[:40])
print([heapq.heappop(heap) for _ in range(3)])

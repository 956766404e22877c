# Items with an order of their own.
import heapq


class Job:
    def __init__(self, rank, name):
        self.rank = rank
        self.name = name

    def __lt__(self, other):
        return self.rank < other.rank

    def __repr__(self):
        return f"{self.name}{self.rank}"


heap = []
for rank, name in ((4, "d"), (2, "b"), (9, "i"), (2, "c"), (1, "a")):
    heapq.heappush(heap, Job(rank, name))
print(heap)
print(heapq.heappop(heap), heapq.heappushpop(heap, Job(3, "x")), heapq.heapreplace(heap, Job(0, "y")))
print(heap)
jobs = [Job(rank, "j") for rank in (5, 3, 8, 1)]
heapq.heapify(jobs)
print(jobs, heapq.nsmallest(2, jobs), heapq.nlargest(1, jobs))
pairs = [(2, Job(1, "p")), (1, Job(5, "q")), (1, Job(2, "r"))]
heapq.heapify(pairs)
print([heapq.heappop(pairs) for _ in range(3)])

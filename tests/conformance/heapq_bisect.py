# Heaps and sorted lists.
import bisect
import heapq

heap = []
for number in [5, 2, 8, 1, 9, 3]:
    heapq.heappush(heap, number)
    print(heap)
print([heapq.heappop(heap) for _ in range(3)], heap)
print(heapq.heappushpop(heap, 1), heapq.heappushpop(heap, 6), heapq.heapreplace(heap, 0), heap)
numbers = [7, 3, 9, 1, 5, 4]
heapq.heapify(numbers)
print(numbers, heapq.nsmallest(2, numbers), heapq.nlargest(3, numbers), heapq.nlargest(1, ["a", "bbb"], key=len))
print(list(heapq.merge([1, 4, 7], [2, 5], [3])), list(heapq.merge("ca", "b", reverse=True)))

tasks = []
for order, (priority, name) in enumerate([(2, "write"), (1, "plan"), (2, "test"), (1, "think")]):
    heapq.heappush(tasks, (priority, order, name))
while tasks:
    print(heapq.heappop(tasks))

marks = [10, 20, 20, 30]
print(bisect.bisect_left(marks, 20), bisect.bisect_right(marks, 20), bisect.bisect(marks, 5), bisect.bisect(marks, 99))
bisect.insort(marks, 25)
bisect.insort_left(marks, 20)
print(marks, bisect.bisect_left(["a", "bb", "ccc"], 2, key=len))
print(["FDCBA"[bisect.bisect([60, 70, 80, 90], score)] for score in (33, 99, 77, 70, 89, 90)])
for wrong in (lambda: heapq.heappop([]), lambda: bisect.bisect([1], 1, -1), lambda: heapq.heapify([1, "a"])):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)

# The sign of a zero, and the smallest none of things that cannot be compared.
import heapq

print(0 / -(2**70), 0 / 2**70, 0 / -5, -0.0 == 0 / -(2**70))
print(heapq.nsmallest(0, [1, "a"]), heapq.nlargest(-1, [1, "a"]), heapq.nsmallest(2, [3, 1, 2]))
try:
    heapq.nsmallest(0, 5)
except TypeError as error:
    print(error)

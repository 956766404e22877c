# Merge sort: each half in a thread of its own, as long as the list is long enough.
# expect: safe
import random
import threading

random.seed(2024)


def merge(left, right):
    result = []
    while left and right:
        result.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
    return result + left + right


def sort(numbers, out, key):
    if len(numbers) <= 4:
        out[key] = sorted(numbers)
        return
    middle = len(numbers) // 2
    halves = {}
    left = threading.Thread(target=sort, args=(numbers[:middle], halves, "left"))
    right = threading.Thread(target=sort, args=(numbers[middle:], halves, "right"))
    left.start()
    right.start()
    left.join()
    right.join()
    out[key] = merge(halves["left"], halves["right"])


numbers = [random.randint(0, 999) for _ in range(30)]
answer = {}
sort(numbers, answer, "all")
print(answer["all"])
print(answer["all"] == sorted(numbers))

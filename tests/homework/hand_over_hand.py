# A sorted linked list with a lock in each node: who walks takes the next lock before it lets go of the last one.
# expect: safe
import threading


class Node:
    def __init__(self, value, next=None):
        self.value = value
        self.next = next
        self.lock = threading.Lock()


class SortedList:
    def __init__(self):
        self.head = Node(float("-inf"), Node(float("inf")))

    def insert(self, value):
        before = self.head
        before.lock.acquire()
        here = before.next
        here.lock.acquire()
        while here.value < value:
            before.lock.release()
            before = here
            here = here.next
            here.lock.acquire()
        before.next = Node(value, here)
        here.lock.release()
        before.lock.release()

    def __iter__(self):
        node = self.head.next
        while node.next is not None:
            yield node.value
            node = node.next


numbers = SortedList()


def add(values):
    for value in values:
        numbers.insert(value)


parts = [[5, 1, 9], [4, 8], [7, 2, 6, 3]]
threads = [threading.Thread(target=add, args=(part,)) for part in parts]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(list(numbers))

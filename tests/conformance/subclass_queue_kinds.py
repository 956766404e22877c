# Every kind of queue can be inherited from, and two of them are queues.
import queue

print(issubclass(queue.LifoQueue, queue.Queue), issubclass(queue.PriorityQueue, queue.Queue))
print(issubclass(queue.SimpleQueue, queue.Queue), isinstance(queue.PriorityQueue(), queue.Queue))


class Stack(queue.LifoQueue):
    def push(self, item):
        self.put(item)


class Jobs(queue.PriorityQueue):
    def add(self, rank, name):
        self.put((rank, name))


class Plain(queue.SimpleQueue):
    pass


stack = Stack()
for number in range(3):
    stack.push(number)
print([stack.get() for _ in range(3)])
jobs = Jobs()
for rank, name in ((3, "c"), (1, "a"), (2, "b")):
    jobs.add(rank, name)
print([jobs.get_nowait()[1] for _ in range(3)])
plain = Plain()
plain.put(7)
print(plain.get(), plain.empty(), [kind.__name__ for kind in Jobs.__mro__])

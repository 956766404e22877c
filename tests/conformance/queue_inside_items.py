# Looking at the items of a queue.
import queue

line = queue.Queue()
for number in range(3):
    line.put(number)
print(list(line.queue), line.queue[0], len(line.queue), 2 in line.queue)
print(line.get(), line.queue)
line.queue.append("behind its back")
print(line.qsize(), [line.get() for _ in range(3)], line.empty())
stack = queue.LifoQueue()
stack.put("a")
stack.put("b")
print(stack.queue, stack.get(), stack.queue)
jobs = queue.PriorityQueue()
for number in (5, 1, 3):
    jobs.put(number)
print(jobs.queue, jobs.queue[0])
jobs.put(0)
print([jobs.get() for _ in range(4)], jobs.queue)

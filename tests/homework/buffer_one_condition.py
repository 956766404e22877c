# A bounded buffer with one condition for both sides, and notify_all.
# expect: safe
import threading

MAX = 3
buffer = []
condition = threading.Condition()


class Producer(threading.Thread):
    def __init__(self, items):
        super().__init__()
        self.items = items

    def run(self):
        for item in self.items:
            condition.acquire()
            while len(buffer) >= MAX:
                condition.wait()
            buffer.append(item)
            condition.notify_all()
            condition.release()


class Consumer(threading.Thread):
    def __init__(self, count):
        super().__init__()
        self.count = count
        self.eaten = []

    def run(self):
        for _ in range(self.count):
            condition.acquire()
            while not buffer:
                condition.wait()
            self.eaten.append(buffer.pop(0))
            condition.notify_all()
            condition.release()


producers = [Producer(range(0, 5)), Producer(range(100, 105))]
consumers = [Consumer(6), Consumer(4)]
for thread in producers + consumers:
    thread.start()
for thread in producers + consumers:
    thread.join()
print(sorted(consumers[0].eaten + consumers[1].eaten))

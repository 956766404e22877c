import queue
import threading
import unittest


class BoundedBuffer:
    def __init__(self, size):
        self.items = []
        self.size = size
        self.condition = threading.Condition()

    def put(self, item, timeout=None):
        with self.condition:
            if not self.condition.wait_for(lambda: len(self.items) < self.size, timeout):
                raise queue.Full
            self.items.append(item)
            self.condition.notify_all()

    def get(self, timeout=None):
        with self.condition:
            if not self.condition.wait_for(lambda: self.items, timeout):
                raise queue.Empty
            item = self.items.pop(0)
            self.condition.notify_all()
            return item


class BufferTest(unittest.TestCase):
    def setUp(self):
        self.buffer = BoundedBuffer(2)

    def test_order(self):
        thread = threading.Thread(target=lambda: [self.buffer.put(n) for n in range(10)])
        thread.start()
        self.assertEqual([self.buffer.get() for _ in range(10)], list(range(10)))
        thread.join()

    def test_full(self):
        self.buffer.put(1)
        self.buffer.put(2)
        self.assertRaises(queue.Full, self.buffer.put, 3, timeout=0.01)

    def test_empty(self):
        with self.assertRaises(queue.Empty):
            self.buffer.get(timeout=0.01)

    def test_wrong(self):
        self.buffer.put("x")
        self.assertEqual(self.buffer.get(), "y", "a message")

    def test_crash(self):
        {}["gone"]


print("before")
unittest.main(verbosity=0)
